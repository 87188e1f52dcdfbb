// Pages that people write and the code fills in: what stands between `<!-- name -->` and `<!-- /name -->` is generated.
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Writes the sections of a page. With `--check` on the command line it writes nothing, and the exit code is 1 where the
 * page says something else than the code.
 */
export async function fillSections(file, sections) {
  const before = await readFile(file, 'utf8');
  let text = before;
  for (const [name, lines] of Object.entries(sections)) {
    const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(text)) throw new Error(`${file.pathname} has no section ${name}`);
    text = text.replace(pattern, (_, begin, end) => `${begin}\n${lines.join('\n')}\n\n${end}`);
  }
  if (!process.argv.includes('--check')) return writeFile(file, text);
  if (text === before) return;
  process.stderr.write(`${file.pathname} is stale: run npm run docs\n`);
  process.exitCode = 1;
}
