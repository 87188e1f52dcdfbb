// Fills the tables of docs/lb.md from what the built code knows: npm run docs
import { PRODUCTS } from '../dist/lb/registry.js';
import { summaryOf } from '../dist/lb/summary.js';
import { CATALOGUE } from '../dist/policy/catalogue/index.js';
import { fillSections } from './fill-sections.mjs';

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

await fillSections(FILE, {
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
});
