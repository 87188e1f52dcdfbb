import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Table } from '#src/flow/columns.js';

const SCHEMA = { small: 'u8', number: 'u32', signed: 'i32', time: 'f64' } as const;

test('rows keep their values while the table grows from nothing', () => {
  const table = new Table(SCHEMA, 0);
  for (let i = 0; i < 1000; i += 1) {
    assert.equal(table.append(), i);
    table.columns.number[i] = 0xffff_ffff - i;
    table.columns.time[i] = i + 0.5;
  }
  assert.equal(table.length, 1000);
  for (let i = 0; i < 1000; i += 1)
    assert.deepEqual([table.columns.number[i], table.columns.time[i]], [0xffff_ffff - i, i + 0.5]);
});

test('several rows are added at once and begin as zeros', () => {
  const table = new Table(SCHEMA, 1);
  assert.equal(table.append(2), 0);
  assert.equal(table.append(5), 2);
  assert.deepEqual([...table.columns.signed.subarray(0, 7)], Array(7).fill(0));
});

test('a row is copied and cleared in every column', () => {
  const [from, to] = [new Table(SCHEMA, 4), new Table(SCHEMA, 4)];
  from.append(2);
  to.append(1);
  Object.assign(from.columns.small, { 1: 200 });
  Object.assign(from.columns.signed, { 1: -1 });
  Object.assign(from.columns.time, { 1: 1e15 });
  to.copyRow(from, 1, 0);
  const row = () => Object.keys(SCHEMA).map((name) => to.columns[name as keyof typeof SCHEMA][0]);
  assert.deepEqual(row(), [200, 0, -1, 1e15]);
  to.clearRow(0);
  assert.deepEqual(row(), [0, 0, 0, 0]);
});
