import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decades } from './growth.js';
import { logAxis } from './log-axis.js';
import { plot } from './plot.js';
import { element, escapeXml } from './svg.js';

test('an axis spans the whole decades around its values', () => {
  assert.deepEqual(logAxis([0.3, 45], 0, 100).ticks, [0.1, 1, 10, 100]);
  assert.deepEqual(logAxis([10_000, 10_000_000], 0, 100).ticks, [1e4, 1e5, 1e6, 1e7]);
  assert.deepEqual(logAxis([7], 0, 100).ticks, [1, 10]);
  assert.deepEqual(logAxis([10], 0, 100).ticks, [10, 100]);
});

test('each decade takes the same room, upwards too', () => {
  const right = logAxis([1, 1000], 10, 310);
  assert.deepEqual([1, 10, 100, 1000].map(right.at), [10, 110, 210, 310]);
  const up = logAxis([1, 100], 200, 0);
  assert.deepEqual([1, 10, 100].map(up.at), [200, 100, 0]);
});

test('every value stands between the ends, in order', () => {
  const values = fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, (some) => {
      const { at } = logAxis(some, 0, 100);
      const places = [...some].sort((a, b) => a - b).map(at);
      for (const [index, place] of places.entries()) {
        assert.ok(place >= -1e-6 && place <= 100 + 1e-6);
        assert.ok(index === 0 || place >= places[index - 1]);
      }
    }),
  );
});

test('there is no place for zero, for less, or for nothing', () => {
  for (const values of [[0], [-1, 5], [Number.NaN], []])
    assert.throws(() => logAxis(values, 0, 1), RangeError);
});

test('text and attributes are escaped', () => {
  assert.equal(escapeXml(`<b a='1'>&"`), '&lt;b a=&apos;1&apos;&gt;&amp;&quot;');
  assert.equal(escapeXml('a\u0000b\u001bc\ud800\ttab 😀'), 'a\ufffdb\ufffdc\ufffd\ttab 😀');
  assert.equal(element('text', { class: '"x' }, '<i>').markup, '<text class="&quot;x">&lt;i&gt;</text>');
});

test('coordinates are short', () => {
  assert.equal(element('line', { x1: 1 / 3, x2: 2 }).markup, '<line x1="0.3" x2="2"/>');
});

test('growth is measured at three times and ten times as much, up to the end', () => {
  assert.deepEqual(decades([1000, 100_000]), [1000, 3000, 10_000, 30_000, 100_000]);
});

const PANEL = {
  title: 'Time <by> packets',
  xLabel: 'packets',
  points: [
    { x: 10, y: 1 },
    { x: 1000, y: 100 },
  ],
  yText: (value: number) => `${value} s`,
};

test('a plot shows every point, with its value to read, and labels each decade', () => {
  const svg = plot('Growth', 'on a machine', [PANEL]);
  assert.equal(svg.match(/<circle /g)?.length, 2);
  assert.match(svg, /<title>1,000 packets: 100 s<\/title>/);
  assert.match(svg, /Time &lt;by&gt; packets/);
  for (const label of ['1 s', '10 s', '100 s']) assert.ok(svg.includes(`>${label}</text>`), label);
});

test('a plot has colours for light and for dark', () => {
  assert.match(plot('Growth', '', [PANEL]), /@media\(prefers-color-scheme:dark\)\{\.paper\{fill:#0d1117\}/);
});

test('the dotted line of proportional growth ends at the last point and stays inside', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (y) => {
      const svg = plot('Growth', '', [{ ...PANEL, points: [PANEL.points[0], { x: 1000, y }] }]);
      const line = /class="guide" x1="([\d.]+)" y1="([\d.]+)"/.exec(svg);
      assert.ok(line !== null && Number(line[1]) >= 72 && Number(line[2]) <= 248.1, String(line?.[0]));
    }),
  );
});

test('diagrams that stand side by side share their y axis, and can be compared', () => {
  const other = { ...PANEL, points: [{ x: 1, y: 5000 }] };
  const [, one, two] = plot('Growth', '', [PANEL, other]).split('<g ');
  for (const panel of [one, two])
    assert.ok(panel.includes('>10000 s</text>') && panel.includes('>1 s</text>'));
});
