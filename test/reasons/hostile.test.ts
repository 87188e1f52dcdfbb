import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { declaredReason, SOURCES } from '#src/reasons/index.js';
import { MEANINGS } from '#src/reasons/reason.js';

/** Openings that lead into each format, so that arbitrary bytes get past the magic numbers. */
const OPENINGS = ['', '33aa', 'f317', '193039', '82193039', '193039a303', '4249472d49503a205b3078313a325d20'];

const payload = fc
  .tuple(fc.constantFrom(...OPENINGS), fc.uint8Array({ maxLength: 255 }))
  .map(([opening, rest]) => new Uint8Array([...Buffer.from(opening, 'hex'), ...rest]));

test('whatever bytes a RST carries, no format fails, and all that is said can be shown anywhere', () => {
  fc.assert(
    fc.property(
      payload,
      fc.nat(70_000),
      fc.option(fc.nat(255)),
      fc.nat(65_535),
      (bytes, length, mptcp, window) => {
        const marks = { payload: bytes, length, mptcpReset: mptcp, window, foreignWindow: true };
        for (const reason of [declaredReason(marks), ...SOURCES.map((source) => source(marks))]) {
          if (reason === null) continue;
          assert.match(`${reason.name}${reason.text ?? ''}`, /^[\x20-\x7e]*$/);
          assert.ok(MEANINGS.includes(reason.means));
          assert.ok(reason.trust > 0 && reason.trust <= 1);
          assert.ok((reason.text?.length ?? 0) <= 4 * bytes.length);
        }
      },
    ),
  );
});
