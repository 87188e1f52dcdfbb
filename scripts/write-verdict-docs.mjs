// Fills docs/verdicts.md from the rules, the engine and a fixture: npm run docs
import { CLASSES } from '../dist/words.js';
import { fillSections } from './fill-sections.mjs';
import { capTable, constantTable } from './verdict-docs/confidence.mjs';
import { exampleSection } from './verdict-docs/example.mjs';
import { classSection, factTable, secondarySection, verdictTable } from './verdict-docs/rules.mjs';

const FILE = new URL('../docs/verdicts.md', import.meta.url);

await fillSections(FILE, {
  verdicts: verdictTable(),
  ...Object.fromEntries(CLASSES.map((name) => [name, classSection(name)])),
  secondary: secondarySection(),
  constants: constantTable(),
  caps: capTable(),
  example: await exampleSection(),
  facts: factTable(),
});
