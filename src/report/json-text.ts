const HEX = 16;
const DIGITS = 4;
const ONLY_ASCII = /^[\x00-\x7e]*$/;

/**
 * Characters that JSON may leave as they are but a terminal acts on or hides: DEL and the C1 controls, text
 * direction, invisible formatting, unassigned ones. (JSON itself escapes the C0 controls inside its strings.)
 */
const OBEYED = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

/** A value as JSON that is safe to look at: `\uXXXX` says the same to every JSON reader. */
export function jsonText(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return ONLY_ASCII.test(text) ? text : text.replace(OBEYED, spell);
}

/** Characters outside the first plane are two units, and are written as two. */
function spell(char: string): string {
  return Array.from({ length: char.length }, (_, i) => {
    const unit = char.charCodeAt(i).toString(HEX);
    return `\\u${unit.padStart(DIGITS, '0')}`;
  }).join('');
}
