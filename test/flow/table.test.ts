import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { offsetsOf, PAGE_ROWS, pageOver, sizeOf } from '#src/flow/layout.js';
import { Table } from '#src/flow/table.js';

const SCHEMA = { small: 'u8', number: 'u32', port: 'u16', signed: 'i32', time: 'f64' } as const;
const ROWS = 5 * PAGE_ROWS + 7;

/** A table whose rows all tell their number. */
function filled(bound?: number): Table<typeof SCHEMA> {
  const table = new Table(SCHEMA, bound);
  for (let row = 0; row < ROWS; row += 1) {
    assert.equal(table.append(), row);
    const cursor = table.at(row);
    cursor.small = row;
    cursor.number = 0xffff_ffff - row;
    cursor.port = 0xffff - row;
    cursor.signed = -row;
    cursor.time = row + 0.5;
  }
  return table;
}

function check(table: Table<typeof SCHEMA>, rows: Iterable<number>): void {
  for (const row of rows) {
    const { small, number, port, signed, time } = table.at(row);
    const told = [row & 0xff, 0xffff_ffff - row, 0xffff - row, -row, row + 0.5];
    assert.deepEqual(
      [small, number, port, signed + 0, time],
      told.map((value) => value + 0),
    );
  }
}

test('rows keep their values while the table grows from nothing', () => {
  const table = filled();
  assert.equal(table.length, ROWS);
  check(table, table.rows());
});

test('several rows are added at once and begin as zeros', () => {
  const table = new Table(SCHEMA);
  assert.equal(table.append(2), 0);
  assert.equal(table.append(PAGE_ROWS), 2);
  assert.deepEqual([table.at(PAGE_ROWS + 1).number, table.at(0).time, table.length], [0, 0, PAGE_ROWS + 2]);
});

test('a table with a bound has its rows back from the file, in whatever order they are asked for', () => {
  const table = filled(2 * PAGE_ROWS * sizeOf(SCHEMA));
  check(table, table.rows());
  check(table, [ROWS - 1, 0, 3 * PAGE_ROWS, 1, 4 * PAGE_ROWS + 5, 0]);
});

test('what is written to a row that was in the file stays written', () => {
  const table = filled(1);
  table.at(3).signed = 77;
  check(table, [ROWS - 1, PAGE_ROWS, 2 * PAGE_ROWS]);
  assert.equal(table.at(3).signed, 77);
});

test('a sealed table is read from its file as often as wanted, with what was written last', () => {
  const table = filled(1);
  table.at(3).signed = 77;
  table.seal();
  for (let time = 0; time < 3; time += 1) {
    check(table, [ROWS - 1, PAGE_ROWS, 2 * PAGE_ROWS, 3 * PAGE_ROWS, 4 * PAGE_ROWS]);
    assert.equal(table.at(3).signed, 77);
  }
});

for (const [name, bound] of [
  ['in memory', undefined],
  ['partly in a file', 2 * PAGE_ROWS * sizeOf(SCHEMA)],
] as const) {
  test(`a table ${name} goes to another thread whole, and without being copied`, () => {
    const { port1, port2 } = new MessageChannel();
    const detached = filled(bound).detach();
    port1.postMessage(
      detached,
      detached.resident.map(([, buffer]) => buffer),
    );
    assert.ok(detached.resident.every(([, buffer]) => buffer.byteLength === 0));
    const table = new Table(SCHEMA, bound, receiveMessageOnPort(port2)?.message);
    port1.close();
    assert.equal(table.length, ROWS);
    check(table, table.rows());
    assert.equal(table.append(), ROWS);
  });
}

test('a row is copied from a page of other rows', () => {
  const buffer = new ArrayBuffer(3 * sizeOf(SCHEMA) + 8);
  const page = pageOver(buffer);
  const at = sizeOf(SCHEMA) + 8;
  page.u8[at + offsetsOf(SCHEMA).small] = 200;
  page.i32[(at >> 2) + offsetsOf(SCHEMA).signed] = -1;
  page.f64[(at >> 3) + offsetsOf(SCHEMA).time] = 1e15;
  const table = new Table(SCHEMA);
  table.append(3);
  table.at(1).copyFrom(page, at);
  const { small, number, signed, time } = table.at(1);
  assert.deepEqual([small, number, signed, time], [200, 0, -1, 1e15]);
  assert.deepEqual([table.at(0).time, table.at(2).time], [0, 0]);
});

test('fields are aligned, and rows are no longer than they need to be', () => {
  const { time, number, signed, port, small } = offsetsOf(SCHEMA);
  assert.deepEqual([time * 8, number * 4, signed * 4, port * 2, small], [0, 8, 12, 16, 18]);
  assert.equal(sizeOf(SCHEMA), 24);
});
