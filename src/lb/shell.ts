/** Characters that no shell treats specially; placeholders such as `<resource-group>` are left to stand out. */
const PLAIN = /^(?:[\w.@%+,:/-]+|<[\w-]+>)$/;

/** A word for a command line that a user copies: names come from files and may hold anything. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
