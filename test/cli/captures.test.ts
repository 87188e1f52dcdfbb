import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturesOf } from '#src/cli/captures.js';
import { InputError } from '#src/errors.js';

const client = (path: string, name?: string) => ({
  path,
  vantage: 'client',
  ...(name && { interface: name }),
});
const server = (path: string, name?: string) => ({
  path,
  vantage: 'server',
  ...(name && { interface: name }),
});

const UNDERSTOOD: readonly (readonly [positional: string[], vantages: string[], captures: object[]])[] = [
  [['a'], [], [client('a')]],
  [['a', 'b'], [], [client('a'), server('b')]],
  [[], ['server=b'], [server('b')]],
  [['a'], ['server=b'], [client('a'), server('b')]],
  [['b'], ['client=a'], [client('a'), server('b')]],
  [[], ['client=a1', 'server=b', 'client=a2'], [client('a1'), client('a2'), server('b')]],
  [[], ['client=a1,client=a2,server=b'], [client('a1'), client('a2'), server('b')]],
  [[], ['client=with,comma.pcap'], [client('with,comma.pcap')]],
  [['x'], ['client=if:eth0,server=if:eth1'], [client('x', 'eth0'), server('x', 'eth1')]],
  [['x'], ['server=if:1'], [server('x', '1')]],
  [
    ['a', 'b'],
    ['lb-front=f', 'lb-back=r'],
    [client('a'), { path: 'f', vantage: 'lb-front' }, { path: 'r', vantage: 'lb-back' }, server('b')],
  ],
  [['x'], ['client=if:eth0', 'server=y'], [client('x', 'eth0'), server('y')]],
];
for (const [positional, vantages, captures] of UNDERSTOOD) {
  test(`${[...vantages.map((one) => `--vantage ${one}`), ...positional].join(' ')}`, () => {
    assert.deepEqual(capturesOf(positional, vantages), captures);
  });
}

const REFUSED: readonly (readonly [positional: string[], vantages: string[], message: RegExp])[] = [
  [[], [], /no capture given/],
  [
    ['a', 'b', 'c'],
    [],
    /3 captures given, but there are two sides.*--vantage client=a\.pcap --vantage client=b\.pcap/,
  ],
  [['a', 'b'], ['client=c'], /more captures given than --vantage leaves sides for/],
  [
    ['a'],
    ['the middle=b'],
    /--vantage the middle=b: 'the middle' is no name for a vantage; say client, server, or such as lb-front/,
  ],
  [['a'], ['eth0'], /--vantage eth0: say client=<file>/],
  [['a'], ['client='], /--vantage client=: say client=<file>/],
  [[], ['client=if:eth0'], /needs one pcapng file with both sides/],
  [['a', 'b'], ['client=if:eth0'], /needs one pcapng file with both sides/],
  [['a'], ['client=if:0,server=if:0'], /both captures are interface 0 of a/],
  [[], ['client=a', 'client=a'], /both captures are a:/],
  [['-'], ['client=if:0,server=if:1'], /only one capture can come from standard input/],
];
for (const [positional, vantages, message] of REFUSED) {
  test(`${[...vantages.map((one) => `--vantage ${one}`), ...positional].join(' ')} is refused in one line`, () => {
    assert.throws(
      () => capturesOf(positional, vantages),
      (error: Error) =>
        error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    );
  });
}
