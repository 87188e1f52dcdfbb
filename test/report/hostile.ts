import { reset, result, violation } from './sample.js';

/** What a packet, a file name or a configuration may hold, by the reader it is meant to fool. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'terminal escapes': '\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\b\r',
  'HTML and SVG': '</td></svg></style><script>window.owned=1</script><img src=x onerror=owned=1>"\'&lt;',
  'the end of a CDATA section': ']]>]]]]>><![CDATA[<x/>]]>',
  'text direction and invisible characters': '\u202egpj.exe\u2066\u200b\ufeff\u2028\u2029\u{e0041}',
  'half a character, and none': '\ud800x\udc00\uffff\0',
  Markdown: '`` ![x](http://evil/) **b** <b> | # - 1. @mention :smile: [a]: http://evil/ ~~s~~',
  'workflow commands': '\n::error::owned\r\n::add-mask::x\n%0A::set-env name=x::y\n::stop-commands::x',
  'a formula': '=HYPERLINK("http://evil/","x")',
  'a table of commas and quotes': '",;\t\'"",,\n"x',
  '64 KB': 'A\x1b<'.repeat(21_846),
};

/** A report in which everything that can come from outside holds a hostile text. */
export function hostileResult(text: string) {
  const found = violation('F1');
  const filter = `tcp.port == 1 || ${text}`;
  return result(
    [
      {
        ...found,
        subtype: text,
        resets: [reset({ payloadText: text, flags: text })],
        reason: {
          vantage: 'client',
          frame: 3,
          file: text,
          source: text,
          code: 14,
          name: text,
          means: text,
          payloadText: text,
        },
        evidence: [
          {
            id: text,
            effect: 'supports',
            weight: 5,
            text,
            frames: [{ vantage: 'client', frame: 3, file: text }],
          },
        ],
        alternatives: [{ class: 'undetermined', subtype: text, confidence: 0.1, text }],
        policyCheck: { status: 'violates', rule: text, expected: text, observed: text, text },
        displayFilter: { client: filter, server: filter, files: [{ vantage: 'client', file: text, filter }] },
        remedy: [{ text, command: text }],
      },
    ],
    {
      captures: [
        {
          ...result([]).captures[0],
          path: text,
          format: text,
          linkTypes: [text],
          interface: text,
          warnings: [{ code: text, message: text, frame: 1, byteOffset: 2, file: text }],
        },
      ],
      policy: { model: text, source: text, problems: [text] },
    },
  );
}
