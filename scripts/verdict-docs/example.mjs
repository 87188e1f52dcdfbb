// One finding recomputed from nothing but its JSON, so that the page shows true numbers; it fails where they do not add up.
import { fileURLToPath } from 'node:url';
import { analyze } from '../../dist/index.js';
import { SOMETHING_ELSE } from '../../dist/verdict/judge.js';
import { RULES } from '../../dist/verdict/rules/index.js';
import { BUILT_BY, signed } from './rules.mjs';

const CASE = 'fixtures/captures/firewall-server-side';
const FINDING = 'F1';
/** Weights are printed to a tenth of a deciban, confidences to a thousandth. */
const ROUNDING = 0.005;

/** The evidence of the finding, its sum, and what becomes of that. */
export async function exampleSection() {
  const { evidence, alternatives, ...finding } = await findingOf(CASE, FINDING);
  const rule = ruleOf(finding, evidence);
  const score = evidence.reduce((sum, { weight }) => sum + weight, 0);
  const rivals = alternatives.map(({ confidence, ...rival }) => ({
    ...rival,
    score: score + 10 * Math.log10(confidence / finding.confidence),
  }));
  const all = [score, SOMETHING_ELSE, ...rivals.map((rival) => rival.score)].map(odds);
  const share = odds(score) / all.reduce((sum, one) => sum + one, 0);
  if (rule === undefined || Math.abs(share - finding.confidence) > ROUNDING)
    throw new Error(
      `${CASE} ${FINDING} says ${finding.confidence}, its lines say ${share}: choose another example`,
    );
  const named = `${finding.class}/${finding.subtype}`;
  return [
    '```sh',
    `rst-analyze --json ${CASE}/client.pcap ${CASE}/server.pcap`,
    '```',
    '',
    `${FINDING} is \`${named}\`, built by ${BUILT_BY[finding.originator]}, with a \`confidence\` of ${finding.confidence}. Its \`evidence\`:`,
    '',
    '| `id` | `text` | in the table, times quality | `weight` |',
    '| --- | --- | --- | --- |',
    ...evidence.map((line) => evidenceRow(line, rule)),
    `| | the sum: the score of this cause | | **${signed(rounded(score))}** |`,
    '',
    'Each score is odds of ten to the power of a tenth of it, and confidence is the share in all of them:',
    '',
    '| | score | odds |',
    '| --- | --- | --- |',
    `| \`${named}\` | ${rounded(score)} | ${rounded(odds(score), 0)} |`,
    ...rivals.map(
      (rival) =>
        `| \`${rival.class}/${rival.subtype}\` | ${rounded(rival.score)} | ${rounded(odds(rival.score), 0)} |`,
    ),
    `| something else | ${SOMETHING_ELSE} | ${rounded(odds(SOMETHING_ELSE), 0)} |`,
    '',
    `${rounded(odds(score), 0)} / (${all.map((one) => rounded(one, 0)).join(' + ')}) = **${rounded(share, 3)}**. What the report lists of \`alternatives\` is relative to that: ${alternatives
      .map(
        ({ confidence }, i) =>
          `${confidence} of ${finding.confidence} is a score ${rounded(score - rivals[i].score)} lower`,
      )
      .join(', ')}.`,
  ];
}

/** The rule that gave the verdict: of those with its name, the one that weighs all of its evidence. */
function ruleOf(finding, evidence) {
  return RULES.filter((rule) => rule.class === finding.class && rule.subtype === finding.subtype).find(
    (rule) => evidence.every(({ id }) => id in rule.weights),
  );
}

function evidenceRow({ id, text, weight }, { weights }) {
  const quality = weight / weights[id];
  const made =
    Math.abs(quality - 1) < ROUNDING
      ? signed(weights[id])
      : `${signed(weights[id])} × ${rounded(quality, 2)}`;
  return `| \`${id}\` | ${text} | ${made} | ${signed(weight)} |`;
}

async function findingOf(folder, id) {
  const path = (name) => fileURLToPath(new URL(`../../${folder}/${name}`, import.meta.url));
  const { findings } = await analyze({
    captures: [
      { vantage: 'client', path: path('client.pcap') },
      { vantage: 'server', path: path('server.pcap') },
    ],
  });
  return findings.find((finding) => finding.id === id);
}

function odds(score) {
  return 10 ** (score / 10);
}

function rounded(value, digits = 1) {
  return Number(value.toFixed(digits));
}
