import type { Finding } from '../../result.js';
import { idleGaps, type Group as LikeFindings } from '../text/alike.js';
import { frontendOf, pathSentence } from '../text/connection.js';
import { clockOf, count, plural, secondsRange } from '../text/units.js';
import { actorWords, confidenceWords, contractName, verdictMeaning } from '../text/wording.js';
import { Evidence } from './evidence.js';
import { Filters } from './filters.js';
import { LadderDiagram } from './ladder.js';
import { Standing, Verdict } from './marks.js';
import { PolicyReasons } from './policy-reasons.js';
import { Remedies } from './remedies.js';

/** Findings that say the same of different connections: what they share once, then each for itself. */
export function Group({ group, open }: { group: LikeFindings; open: boolean }) {
  const { first, members } = group;
  const gaps = idleGaps(group);
  const facts = [
    plural(members.length, 'connection'),
    `at ${frontendOf(group)}`,
    gaps.length === 0 ? null : `idle ${secondsRange(gaps[0], gaps[gaps.length - 1])} before`,
    actorWords(first),
    first.class === 'undetermined' ? null : confidenceWords(first),
    first.impact === 'unknown' ? null : first.impact,
  ];
  return (
    <section class="group" aria-labelledby={`g-${first.id}`}>
      <h2 id={`g-${first.id}`}>
        <Verdict finding={first} />
        {members.length > 1 ? <span class="times"> × {count(members.length)}</span> : null}
        <Standing finding={first} />
      </h2>
      <p class="facts">{facts.filter(Boolean).join(' · ')}</p>
      <p>
        {verdictMeaning(first)} <code>{contractName(first)}</code>
      </p>
      <PolicyReasons check={first.policyCheck} />
      <Remedies finding={first} />
      {members.map((finding, i) => (
        <Member key={finding.id} finding={finding} open={open && i === 0} />
      ))}
    </section>
  );
}

function Member({ finding, open }: { finding: Finding; open: boolean }) {
  const { id, time, path, ladder } = finding;
  return (
    <details open={open}>
      <summary>
        <b>{id}</b> <span class="a">{pathSentence(path, { arrow: '→' })}</span> <time>{clockOf(time)}</time>
      </summary>
      <div id={id} class="member">
        {ladder === undefined ? null : <LadderDiagram ladder={ladder} id={id} />}
        <Evidence finding={finding} />
        <Filters finding={finding} />
      </div>
    </details>
  );
}
