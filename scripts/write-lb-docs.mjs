// Fills the tables of docs/lb.md from what the built code knows: npm run build && node scripts/write-lb-docs.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { PRODUCTS } from '../dist/lb/registry.js';
import { summaryOf } from '../dist/lb/summary.js';
import { CATALOGUE } from '../dist/policy/catalogue/index.js';

const FILE = new URL('../docs/lb.md', import.meta.url);

const products = PRODUCTS.map(({ model }) => {
  const { id, idle, atExpiry, whoSeesReset, sequenceKept } = summaryOf(model);
  const { url, title } = model.timers[0].source;
  return `| \`${id}\` | ${idle} | ${atExpiry} | ${whoSeesReset} | ${sequenceKept} | [${title}](${url}) |`;
});
const checks = CATALOGUE.map(
  ({ number, id, level, documentation, decidedBy, how, source }) =>
    `| ${number} | \`${id}\` | ${level} | ${documentation} | ${decidedBy}: ${how} | [source](${source}) |`,
);

const sections = {
  products: [
    '| preset | idle timeout as shipped | at expiry | who sees a RST | sequence numbers kept | source |',
    '| --- | --- | --- | --- | --- | --- |',
    ...products,
  ],
  checks: [
    '| | check | level | what it says | where it is decided, or why it is not | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...checks,
  ],
};

let text = await readFile(FILE, 'utf8');
for (const [name, lines] of Object.entries(sections)) {
  const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  text = text.replace(pattern, (_, begin, end) => `${begin}\n${lines.join('\n')}\n\n${end}`);
}
await writeFile(FILE, text);
