import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlowLog } from '#src/flow/log.js';
import { countSkipped, skippedWarnings } from '#src/skipped-frames.js';
import * as stop from '#src/wire/segment.js';

const ETHERNET = 1;
const USB_LINUX = 189;
const USER2 = 149;

/** The warnings about frames that ended for these reasons. */
function warningsOf(stops: readonly number[], linkTypes = [ETHERNET]): string[] {
  const { skipped } = new FlowLog().counts;
  for (const one of stops) countSkipped(skipped, one);
  return skippedWarnings(skipped, linkTypes).map(({ code, message }) => `${code}: ${message}`);
}

test('frames that simply hold something else are not warned of', () => {
  assert.deepEqual(warningsOf([stop.STOP_OTHER_PROTOCOL]), []);
});

test('each way of being passed over has its own warning, with its count', () => {
  const { STOP_FRAGMENT, STOP_TRUNCATED, STOP_MALFORMED, STOP_NESTED, STOP_OPAQUE } = stop;
  const warnings = warningsOf([
    STOP_FRAGMENT,
    STOP_TRUNCATED,
    STOP_MALFORMED,
    STOP_NESTED,
    STOP_OPAQUE,
    STOP_OPAQUE,
  ]);
  assert.deepEqual(
    warnings.map((warning) => warning.split(' ').slice(0, 2).join(' ')),
    ['later-fragments: 1', 'headers-cut: 1', 'malformed: 2', 'opaque: 2'],
  );
});

test('a link type that is not read is named, and a private one told apart', () => {
  const [warning] = warningsOf([stop.STOP_LINK_TYPE], [ETHERNET, USB_LINUX]);
  assert.match(warning, /^unknown-link-type: 1 .*\(USB_LINUX\)$/);
  assert.match(warningsOf([stop.STOP_LINK_TYPE], [USER2])[0], /\(USER2: a private format/);
});
