import type { Finding, Result } from '../../result.js';
import { address, clockOf, dayOf, seconds } from '../text/units.js';
import { senderWords } from '../text/wording.js';
import { Confidence, Standing, Verdict } from './marks.js';
import { Scroll } from './scroll.js';

/** Every finding in a row. The script, where it runs, makes it sort and filter. */
export function FindingTable({ result }: { result: Result }) {
  const { findings, policy } = result;
  const manyDays = new Set(findings.map(({ time }) => dayOf(time))).size > 1;
  const heads = ['ID', 'Time (UTC)', 'Client', 'Load balancer', 'Verdict', 'Sent by', 'Confidence', 'Idle'];
  return (
    <>
      <p class="tools" hidden>
        <label>
          Filter <input id="filter" type="search" placeholder="address, verdict, F3" autocomplete="off" />
        </label>
        <output id="shown" />
      </p>
      <Scroll label="All findings">
        <table id="table">
          <thead>
            <tr>
              {[...heads, policy === null ? 'Impact' : 'Policy'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <Row key={finding.id} finding={finding} manyDays={manyDays} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Row({ finding, manyDays }: { finding: Finding; manyDays: boolean }) {
  const { id, time, path, idleSeconds, confidence } = finding;
  const [from, to] = [path.client ?? path.lbPeer, path.frontend ?? path.backend];
  return (
    <tr>
      <th scope="row">
        <a href={`#${id}`}>{id}</a>
      </th>
      <td>{manyDays ? `${dayOf(time)} ${clockOf(time)}` : clockOf(time)}</td>
      <td class="a">{from === null ? '?' : address(from)}</td>
      <td class="a">{to === null ? '?' : address(to)}</td>
      <td>
        <Verdict finding={finding} />
      </td>
      <td>{senderWords(finding)}</td>
      <td data-n={confidence}>
        <Confidence finding={finding} />
      </td>
      <td class="n" data-n={idleSeconds ?? -1}>
        {idleSeconds === null ? '' : seconds(idleSeconds)}
      </td>
      <td>
        <Standing finding={finding} />
      </td>
    </tr>
  );
}
