/** A piece of SVG, or text that stands in one. */
export type Svg = { readonly markup: string } | string | number;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 takes no control characters but tab, line feed and carriage return, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** An element with its attributes and content, all text in it escaped. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...content: readonly Svg[]
): { readonly markup: string } {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(inShort(value))}"`);
  const inside = content.map((part) => (typeof part === 'object' ? part.markup : escapeXml(inShort(part))));
  const open = `<${name}${written.join('')}`;
  return { markup: inside.length === 0 ? `${open}/>` : `${open}>${inside.join('')}</${name}>` };
}

/** Coordinates to a tenth of a pixel. */
function inShort(value: string | number): string {
  return typeof value === 'string' ? value : String(Math.round(value * 10) / 10);
}
