import type { Result } from '../../result.js';
import { groupAlike } from '../text/alike.js';
import { summaryLine } from '../text/summary.js';
import { Captures } from './captures.js';
import { FindingTable } from './finding-table.js';
import { Group } from './group.js';
import { Histogram } from './histogram.js';
import { Inferred } from './inferred.js';
import { LadderParts } from './ladder-parts.js';
import { Timeline } from './timeline.js';

/** Groups whose first finding lies open: enough to see what a finding looks like, and not too much to scroll. */
const OPEN_GROUPS = 5;

/** The report from the whole to the single packet: what was read, when, which findings, why each. */
export function Page({ result }: { result: Result }) {
  const groups = groupAlike(result.findings);
  return (
    <>
      <a class="skip" href="#findings">
        Skip to the findings
      </a>
      <header>
        <p class="tool">
          {result.tool.name} {result.tool.version}
        </p>
        <h1>TCP resets</h1>
        <p class="lead">{summaryLine(result)}</p>
      </header>
      <LadderParts />
      <main>
        <Captures result={result} />
        <Timeline result={result} />
        <Histogram result={result} />
        <Inferred result={result} />
        <section id="findings" aria-labelledby="findings-title">
          <h2 id="findings-title">Findings</h2>
          {result.findings.length === 0 ? (
            <p>No connection was reset, and none was dropped silently.</p>
          ) : (
            <FindingTable result={result} />
          )}
        </section>
        {groups.map((group, i) => (
          <Group key={group.first.id} group={group} open={i < OPEN_GROUPS} />
        ))}
      </main>
    </>
  );
}
