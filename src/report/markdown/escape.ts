/** Everything that Markdown, or HTML inside it, reads as more than itself; an underscore only at the edge of a word. */
const MARKUP = /[\\`*[\]<>|~$&]|(?<![a-z0-9])_|_(?![a-z0-9])/gi;
/** What would make a paragraph a heading, a list or a rule by standing at its beginning. */
const BEGINNING = /^[#+=-]|(?<=^\d+)[.)]/;
/** What GitHub links or replaces wherever it stands, escaped or not: links, mentions, issues, emoji. */
const LIVE = /:(?=\/\/|\w+:)|@(?=\w)|#(?=\d)|(?<=www)\./gi;
const BACKTICKS = /`+/g;
const LEAST_FENCE = 3;

/** Text from outside as Markdown that shows it as it is: no link, no image, no mention, no HTML. */
export function prose(text: string): string {
  return text
    .replace(MARKUP, '\\$&')
    .replace(BEGINNING, '\\$&')
    .replace(LIVE, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text from outside as code. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** The same inside a table, where a bar ends the cell even within code. */
export function cellCode(text: string): string {
  return code(text.replaceAll('|', '\\|'));
}

/** Lines from outside as a block of code. */
export function block(lines: readonly string[], language: string): string[] {
  const fence = '`'.repeat(Math.max(LEAST_FENCE, longestRun(lines.join('\n')) + 1));
  return [fence + language, ...lines, fence];
}

function longestRun(text: string): number {
  return (text.match(BACKTICKS) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}
