import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { IMPORTERS } from '#src/lb/importers/registry.js';
import { refuses } from './fixtures/broken.js';
import { DOCUMENTS } from './fixtures/documents.js';
import { load } from './fixtures/load.js';

/** What happens to a dump on its way: how it is broken, and what the message has to say. */
const BREAKAGES: readonly (readonly [what: string, break_: (text: string) => string, message: RegExp])[] = [
  ['nothing of it left', () => '', /^x\.json is empty$/],
  ['the end cut off', (text) => text.slice(0, -3), /^x\.json:\d+:\d+: not valid JSON: expected /],
  [
    'cut in the middle',
    (text) => text.slice(0, text.length / 2),
    /^x\.json:\d+:\d+: not valid JSON: expected /,
  ],
  ['more behind it', (text) => `${text}\nDone.`, /^x\.json:\d+:\d+: not valid JSON: expected nothing more$/],
  [
    'single quotes',
    (text) => text.replaceAll('"', "'"),
    /^x\.json:2:\d+: not valid JSON: expected a key in double quotes/,
  ],
  [
    'a comma too many',
    (text) => text.replace(/\n}$/, ',\n}'),
    /^x\.json:\d+:\d+: not valid JSON: expected a key in double quotes$/,
  ],
  [
    'a comma too few',
    (text) => text.replace(/([}\]"\d])(\n\s*[}\]])/, '$1 "more": 1$2'),
    /^x\.json:\d+:\d+: not valid JSON: expected /,
  ],
  ['UTF-16', (text) => [...text].join('\0'), /^x\.json is not UTF-8 text; save it again as UTF-8$/],
];

test('there is a document for every importer that reads JSON', () => {
  const readers = IMPORTERS.filter(({ isText }) => isText === undefined).map(({ id }) => id);
  assert.deepEqual(Object.keys(DOCUMENTS).sort(), readers.sort());
});

for (const [importer, document] of Object.entries(DOCUMENTS)) {
  test(`${importer}: its document is read, and refused in one line when it is broken`, async () => {
    const text = JSON.stringify(document, null, 2);
    assert.ok((await load({ 'x.json': text })).devices.length > 0);
    for (const [what, break_, message] of BREAKAGES)
      await assert.rejects(
        load({ 'x.json': break_(text) }),
        (error) => {
          assert.ok(error instanceof InputError, what);
          assert.match(error.message, message, what);
          return true;
        },
        what,
      );
  });
}

const classic = (value: unknown) => ({
  'c.json': { LoadBalancerAttributes: { ConnectionSettings: { IdleTimeout: value } } },
});
const eni = (value: unknown) => ({
  'e.json': { NetworkInterfaces: [{ ConnectionTrackingConfiguration: { TcpEstablishedTimeout: value } }] },
});
const firewall = (options: unknown) => ({ 'f.json': { StatefulEngineOptions: options } });
const IDLE = 'LoadBalancerAttributes.ConnectionSettings.IdleTimeout';
const TRACKED = 'NetworkInterfaces[0].ConnectionTrackingConfiguration.TcpEstablishedTimeout';
const FLOW = 'StatefulEngineOptions.FlowTimeouts.TcpIdleTimeoutSeconds';

refuses('aws-elb', [
  [classic('sixty'), `c.json:4: ${IDLE}: expected a number above 0, got "sixty"`],
  [classic([60]), `c.json:4: ${IDLE}: expected a number above 0, got a list`],
  [classic({ Seconds: 60 }), `c.json:4: ${IDLE}: expected a number above 0, got an object`],
  [classic(0), `c.json:4: ${IDLE}: expected a number above 0, got 0`],
]);

refuses('aws-ec2', [
  [eni('350'), `e.json:5: ${TRACKED}: expected a number above 0, got "350"`],
  [eni(-350), `e.json:5: ${TRACKED}: expected a number above 0, got -350`],
  [eni({}), `e.json:5: ${TRACKED}: expected a number above 0, got an object`],
  [{ 'e.json': { NatGateways: [] } }, 'e.json describe no device with an idle timer'],
]);

refuses('aws-network-firewall', [
  [
    firewall({ FlowTimeouts: { TcpIdleTimeoutSeconds: '350' } }),
    `f.json:4: ${FLOW}: expected a number above 0, got "350"`,
  ],
  [
    firewall({ FlowTimeouts: { TcpIdleTimeoutSeconds: 0 } }),
    `f.json:4: ${FLOW}: expected a number above 0, got 0`,
  ],
  [
    firewall({ StreamExceptionPolicy: 1 }),
    'f.json:3: StatefulEngineOptions.StreamExceptionPolicy: expected DROP, CONTINUE or REJECT, got 1',
  ],
]);
