import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { declaredReason } from '#src/reasons/index.js';
import type { ResetMarks } from '#src/reasons/reason.js';
import { ascii, join, u16, u32, zeros } from '../support/bytes.js';

const NOTHING: ResetMarks = {
  payload: null,
  length: 0,
  mptcpReset: null,
  window: 0,
  foreignWindow: false,
};
const said = (payload: Uint8Array, length = payload.length) =>
  declaredReason({ ...NOTHING, payload, length });
const diagnostic = (code: number, enterprise = 0) => join(u16(0x33aa), u16(code), u32(enterprise));

test('a RST that says nothing declares nothing', () => {
  assert.equal(declaredReason(NOTHING), null);
});

describe('the RST Diagnostic Payload', () => {
  it('gives its code a name and a meaning', () => {
    const meanings = [4, 12, 14].map((code) => said(diagnostic(code))?.means);
    assert.deepEqual(meanings, ['abort', 'reset-received', 'idle-timeout']);
    assert.deepEqual(said(diagnostic(14)), {
      source: 'rst-diagnostic-payload',
      code: 14,
      name: 'connection timeout',
      means: 'idle-timeout',
      text: null,
      trust: 1,
    });
  });

  it("names the enterprise of a code that is not the registry's, and claims to know nothing more", () => {
    const reason = said(diagnostic(14, 32_473));
    assert.deepEqual([reason?.name, reason?.means], ['code 14 of enterprise 32473', 'unknown']);
    assert.equal(said(diagnostic(999))?.means, 'unknown');
  });

  it('is none with another length, with code 0, or cut short', () => {
    assert.equal(said(join(diagnostic(14), [0])), null);
    assert.equal(said(diagnostic(0)), null);
    assert.equal(said(diagnostic(14).slice(0, 6), 8), null);
    assert.equal(said(diagnostic(14), 300), null);
  });

  it('of earlier drafts had words, which are quoted byte by byte', () => {
    const words = said(join([0xf3, 0x17], ascii('gone\u001b[31m')));
    assert.deepEqual([words?.means, words?.text], ['unknown', 'gone\\x1b[31m']);
    assert.equal(said(new Uint8Array([0xf3, 0x17])), null);
  });
});

describe('the CBOR form of the first drafts', () => {
  const cbor = (...bytes: number[]) => said(new Uint8Array([0x19, 0x30, 0x39, ...bytes]));

  it('is read, as a sequence and as an array', () => {
    assert.equal(cbor(0xa1, 0x01, 0x0e)?.means, 'idle-timeout');
    assert.equal(said(new Uint8Array([0x82, 0x19, 0x30, 0x39, 0xa1, 0x01, 0x0c]))?.means, 'reset-received');
    const vendor = cbor(0xa2, 0x01, 0x19, 0x04, 0xd2, 0x02, 0x19, 0x7e, 0xd9);
    assert.equal(vendor?.name, 'code 1234 of enterprise 32473');
    assert.equal(cbor(0xa1, 0x03, 0x62, 0x68, 0x69)?.text, 'hi');
  });

  it('with lying lengths gives what there is, or nothing', () => {
    assert.equal(cbor(0xa1, 0x03, 0x7a, 0xff, 0xff, 0xff, 0xff, 0x68)?.text, 'h');
    assert.equal(cbor(0xbf, 0x01, 0x0e, 0xff), null);
    assert.equal(cbor(0xba, 0xff, 0xff, 0xff, 0xff, 0x01, 0x0e), null);
    assert.equal(cbor(0xa1, 0x01, 0x1b, 0, 0, 0, 0, 0, 0, 0, 1), null);
    assert.equal(cbor(), null);
    assert.equal(cbor(0xa3, 0x01, 0x0e, 0x81)?.code, 14);
  });
});

describe('the experiment with Linux', () => {
  const kernel = (code: number, length = 1000) => said(join([code], zeros(254)), length);

  it('gives the kernel reason in the first of 1000 bytes', () => {
    assert.deepEqual(
      [1, 12, 15, 16, 19].map((code) => kernel(code)?.means),
      ['no-socket', 'abort', 'keepalive-failure', 'abort', 'resources'],
    );
    assert.equal(kernel(15)?.name, 'TCP_KEEPALIVE_TIMEOUT');
  });

  it('is none with other bytes, another length or an unknown number', () => {
    assert.equal(kernel(12, 999), null);
    assert.equal(kernel(0), null);
    assert.equal(kernel(200), null);
    assert.equal(said(join([12], zeros(100), [7]), 1000), null);
    assert.equal(said(new Uint8Array([12]), 1000), null);
  });
});

describe('the text of a BIG-IP', () => {
  it('names the cause, and quotes the text', () => {
    const reason = said(ascii('BIG-IP: [0x2409a71:704] Flow expired (sweeper) (idle timeout)'));
    assert.deepEqual([reason?.source, reason?.means], ['f5', 'idle-timeout']);
    assert.match(reason?.text ?? '', /sweeper/);
    assert.equal(
      said(ascii('BIG-IP: [0x31ae141:4666] {peer} TCP RST from remote system'))?.means,
      'reset-received',
    );
    assert.equal(said(ascii('BIG-IP: [0x2664c65:2574] No flow found for ACK'))?.means, 'no-socket');
    assert.equal(
      said(ascii('BIG-IP: [0x1:2] \u001b]0;owned\u0007'))?.text,
      'BIG-IP: [0x1:2] \\x1b]0;owned\\x07',
    );
    assert.equal(said(ascii('BIG-IP: [0x1:2] who knows'))?.means, 'unknown');
  });
});

describe('words that belong to no format', () => {
  it('are quoted and not understood', () => {
    const reason = said(ascii('flow expired, says a forger'));
    assert.deepEqual([reason?.source, reason?.means], ['text', 'unknown']);
    assert.equal(said(ascii('ab')), null);
    assert.equal(said(new Uint8Array([0x61, 0x62, 0x00, 0x63])), null);
  });

  it('are none where a whole segment of data has RST set', () => {
    assert.equal(said(ascii('<table cellpadding="0">'), 1391), null);
  });
});

describe('the option MP_TCPRST', () => {
  it('gives a reason, known or not', () => {
    const reason = (code: number) => declaredReason({ ...NOTHING, mptcpReset: code })?.means;
    assert.deepEqual(
      [reason(2), reason(3), reason(0), reason(255)],
      ['resources', 'rejected', 'unknown', 'unknown'],
    );
  });
});

describe('the window code of a NetScaler', () => {
  const code = (window: number, foreignWindow = true) =>
    declaredReason({ ...NOTHING, window, foreignWindow });

  it('counts only where the window is none of its sender, and only half', () => {
    assert.deepEqual([code(9300)?.means, code(9300)?.trust], ['idle-timeout', 0.5]);
    assert.equal(code(9700)?.means, 'reset-received');
    assert.equal(code(9300, false), null);
    assert.equal(code(9999), null);
    assert.equal(code(9843)?.means, 'health-check');
    assert.equal(code(9957)?.means, 'unknown');
  });

  it('does not hide what the payload says', () => {
    const both = declaredReason({
      ...NOTHING,
      payload: diagnostic(12),
      length: 8,
      window: 9300,
      foreignWindow: true,
    });
    assert.equal(both?.means, 'reset-received');
  });
});
