import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analyze, type CaptureInput } from '#src/analyze.js';
import { annotate } from '#src/annotate/annotate.js';
import { commentsFor } from '#src/annotate/comments.js';
import { extract } from '#src/annotate/extract.js';
import { InputError } from '#src/errors.js';
import type { Result } from '#src/result.js';
import { finding, reset } from '../report/sample.js';
import { withFolder } from '../support/folder.js';
import { ROOT } from '../support/root.js';
import { tsharkVersion } from '../support/tshark.js';

const FOLDER = join(ROOT, 'fixtures', 'captures', 'azure-idle-240');
const WITHOUT_TSHARK = tsharkVersion() === null && 'tshark is not installed (apt install tshark)';
const WITHOUT_EDITCAP = !installed('editcap') && 'editcap is not installed (apt install wireshark-common)';

function installed(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function resultOf(client: string, server: string): Promise<Result> {
  const captures: CaptureInput[] = [
    { vantage: 'client', path: client },
    { vantage: 'server', path: server },
  ];
  return analyze({ captures });
}

/** The fields that tshark reads of every frame, a row a frame. */
function fields(path: string, ...names: string[]): string[][] {
  const options = [
    ...['-n', '-r', path, '-T', 'fields', '-o', 'frame.generate_md5_hash:TRUE'],
    ...names.flatMap((name) => ['-e', name]),
  ];
  const text = execFileSync('tshark', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

const WHOLE = ['frame.number', 'frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.md5_hash'];

/** Comments as tshark tells them, by their frames. */
function commentsIn(path: string): Map<number, string> {
  const rows = fields(path, 'frame.number', 'frame.comment').filter(([, comment]) => comment);
  return new Map(rows.map(([frame, comment]) => [Number(frame), comment.replaceAll('\\n', '\n')]));
}

test(
  'tshark reads every comment back from the copies, and finds every frame as it was',
  { skip: WITHOUT_TSHARK },
  () =>
    withFolder(async (folder) => {
      const [client, server] = ['client', 'server'].map((name) => join(FOLDER, `${name}.pcap`));
      const result = await resultOf(client, server);
      const copies = await annotate(result, folder);
      assert.deepEqual(
        copies.map(({ path }) => path),
        [join(folder, 'client.pcapng'), join(folder, 'server.pcapng')],
      );
      for (const [i, vantage] of ['client', 'server'].entries()) {
        const written = commentsFor(result.findings, vantage, undefined);
        assert.equal(written.size, copies[i].comments);
        assert.deepEqual(commentsIn(copies[i].path), written);
        assert.deepEqual(fields(copies[i].path, ...WHOLE), fields([client, server][i], ...WHOLE));
      }
    }),
);

test('a comment says which finding, what, who, how sure, and what the frame shows', () => {
  const comments = commentsFor([finding({ id: 'F3', resets: [reset({ frame: 123 })] })], 'client', undefined);
  assert.equal(
    comments.get(123),
    'F3 · LB idle timeout · sent by load balancer · 97 % high · its RST · evidence: RST arrives at both ends, neither sent it; TTL 63 is also what the backend would show',
  );
  assert.match(comments.get(118) ?? '', /^F3 · .* · evidence: both ends were silent/);
});

test('a frame that many findings cite names the first of them', () => {
  const many = Array.from({ length: 30 }, (_, i) => finding({ id: `F${i + 1}` }));
  const lines = commentsFor(many, 'client', undefined).get(123)?.split('\n') ?? [];
  assert.equal(lines.length, 9);
  assert.equal(lines.at(-1), 'and 22 more findings');
});

test(
  'pcapng stays as it was, byte for byte, but for the comments',
  { skip: WITHOUT_EDITCAP || WITHOUT_TSHARK },
  () =>
    withFolder(async (folder) => {
      const paths = ['client', 'server'].map((name) => {
        const path = join(folder, `${name}.pcapng`);
        const options = ['-F', 'pcapng', '-a', '44:mine', join(FOLDER, `${name}.pcap`), path];
        execFileSync('editcap', options, { stdio: 'ignore' });
        return path;
      });
      const result = await resultOf(paths[0], paths[1]);
      const [copy] = await annotate(result, join(folder, 'out'));
      const comments = commentsFor(result.findings, 'client', undefined);
      const [before, after] = [blocksOf(readFileSync(paths[0])), blocksOf(readFileSync(copy.path))];
      assert.equal(after.length, before.length);
      let frame = 0;
      for (const [i, block] of before.entries()) {
        if (block.readUint32LE(0) === 6) frame += 1;
        if (block.readUint32LE(0) !== 6 || !comments.has(frame)) assert.deepEqual(after[i], block);
        else assert.deepEqual(after[i].subarray(8, 28), block.subarray(8, 28));
      }
      assert.equal(commentsIn(copy.path).get(44), 'mine');
      assert.deepEqual(fields(copy.path, ...WHOLE), fields(paths[0], ...WHOLE));
    }),
);

test('a compressed capture, and one that is cut: what can be read is copied', { skip: WITHOUT_TSHARK }, () =>
  withFolder(async (folder) => {
    const [client, server] = [join(folder, 'client.pcap.gz'), join(folder, 'server.pcap')];
    writeFileSync(client, gzipSync(readFileSync(join(FOLDER, 'client.pcap'))));
    const whole = readFileSync(join(FOLDER, 'server.pcap'));
    writeFileSync(server, whole.subarray(0, whole.length - 5));
    const copies = await annotate(await resultOf(client, server), join(folder, 'out'));
    assert.equal(copies[0].path, join(folder, 'out', 'client.pcapng'));
    assert.equal(fields(copies[0].path, 'frame.number').length, 148);
    assert.equal(fields(copies[1].path, 'frame.number').length, 147);
    assert.equal(commentsIn(copies[0].path).size, copies[0].comments);
  }),
);

test('each file of a ring gets its own comments', { skip: WITHOUT_TSHARK || WITHOUT_EDITCAP }, () =>
  withFolder(async (folder) => {
    const ring = join(folder, 'ring');
    mkdirSync(ring);
    const source = join(FOLDER, 'client.pcap');
    execFileSync('editcap', ['-F', 'pcap', '-c', '100', source, join(ring, 'ring.pcap')], {
      stdio: 'ignore',
    });
    const result = await resultOf(ring, join(FOLDER, 'server.pcap'));
    const copies = (await annotate(result, join(folder, 'out'))).slice(0, 2);
    for (const [i, { file }] of (result.captures[0].files ?? []).entries()) {
      const expected = commentsFor(result.findings, 'client', file);
      assert.ok(expected.size > 0);
      assert.deepEqual(commentsIn(copies[i].path), expected);
    }
  }),
);

test('standard input, and a copy over its own capture, are refused', () =>
  withFolder(async (folder) => {
    const [client, server] = ['client', 'server'].map((name) => join(folder, `${name}.pcapng`));
    copyFileSync(join(FOLDER, 'client.pcap'), client);
    copyFileSync(join(FOLDER, 'server.pcap'), server);
    const result = await resultOf(client, server);
    await assert.rejects(
      annotate(result, folder),
      (error) => error instanceof InputError && /overwritten/.test(error.message),
    );
    const piped = { ...result, captures: [{ ...result.captures[0], path: '-' }] };
    await assert.rejects(annotate(piped, join(folder, 'out')), /standard input cannot be read a second time/);
  }));

test(
  'an extract has the packets of one finding from both sides, on one clock',
  { skip: WITHOUT_TSHARK },
  () =>
    withFolder(async (folder) => {
      const delayed = join(ROOT, 'fixtures', 'captures', 'delay-idle-both-ends');
      const result = await resultOf(join(delayed, 'client.pcap'), join(delayed, 'server.pcap'));
      const [found] = result.findings;
      const path = join(folder, 'F1.pcapng');
      const count = await extract(result, found, path);
      const rows = fields(path, 'frame.time_epoch', 'frame.interface_name', 'tcp.port', 'frame.comment');
      assert.equal(rows.length, count);
      assert.deepEqual([...new Set(rows.map(([, name]) => name))].sort(), ['client side', 'server side']);
      const port = String(found.path.client?.port);
      assert.ok(rows.every(([, , ports]) => ports.split(',').includes(port)));
      const times = rows.map(([time]) => Number(time));
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
      );
      assert.ok(rows.filter(([, , , comment]) => comment).length >= 2);
    }),
);

function blocksOf(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUint32LE(at + 4))
    blocks.push(bytes.subarray(at, at + bytes.readUint32LE(at + 4)));
  return blocks;
}
