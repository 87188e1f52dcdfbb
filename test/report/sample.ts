import type { Alternative, EvidenceLine, Finding, ResetSegment, Result } from '#src/result.js';
import { type CauseClass, confidenceLabel } from '#src/words.js';

/** Report objects as real runs give them, to be printed by tests. */

export const CLIENT = { ip: '10.1.0.4', port: 51234 };
export const FRONTEND = { ip: '20.50.1.2', port: 443 };
export const BACKEND = { ip: '10.0.0.5', port: 8443 };
const LB_PEER = { ip: '10.0.0.254', port: 40001 };

/** A RST segment; say only what matters. */
export function reset(change: Partial<ResetSegment> = {}): ResetSegment {
  return {
    vantage: 'client',
    frame: 123,
    time: '2026-05-21T10:23:45.123456789Z',
    src: FRONTEND,
    dst: CLIENT,
    seq: 1000,
    ack: 2000,
    flags: 'RA',
    ttl: 63,
    ipId: 0,
    window: 0,
    payloadText: null,
    ...change,
  };
}

/** A finding; say only what matters. */
export function finding(change: Partial<Finding> = {}): Finding {
  const confidence = change.confidence ?? 0.97;
  return {
    id: 'F1',
    kind: 'reset',
    class: 'lb-idle-timeout',
    subtype: 'bidirectional-at-timer',
    originator: 'load-balancer',
    confidence,
    confidenceLabel: confidenceLabel(confidence),
    impact: 'harmful',
    time: '2026-05-21T10:23:45.123456789Z',
    path: { client: CLIENT, frontend: FRONTEND, lbPeer: CLIENT, backend: BACKEND, mode: 'pass-through' },
    idleSeconds: 240.012,
    resets: [reset(), reset({ vantage: 'server', frame: 99, src: CLIENT, dst: BACKEND })],
    evidence: [
      fact('supports', 12.5, 'RST arrives at both ends, neither sent it', 123, 99),
      fact('supports', 9.1, 'both ends were silent for 240.01 s, a round timer value', 118, 95),
      fact('neutral', 0, 'no keepalive probe was seen on this connection'),
      fact('contradicts', -1.2, 'TTL 63 is also what the backend would show', 123),
    ],
    alternatives: [rival('middlebox-injected', 0.02, 'a box beside the LB could do the same')],
    policyCheck: null,
    displayFilter: {
      client: 'tcp.stream == 4 && frame.number in {118, 123}',
      server: 'frame.number in {95, 99}',
    },
    remedy: [
      {
        text: 'Send keepalives on this connection at least every 120 s.',
        command: 'sysctl -w net.ipv4.tcp_keepalive_time=120',
      },
      { text: 'Raise the idle timeout of the frontend above 240 s.', command: null },
    ],
    ...change,
  };
}

/** A checked fact with its frames on the client and on the server side. */
export function fact(
  effect: EvidenceLine['effect'],
  weight: number,
  text: string,
  client = 0,
  server = 0,
): EvidenceLine {
  const frames = [
    ...(client > 0 ? [{ vantage: 'client', frame: client }] : []),
    ...(server > 0 ? [{ vantage: 'server', frame: server }] : []),
  ];
  return { id: text.toLowerCase().replaceAll(/[^a-z]+/g, '-'), effect, weight, text, frames };
}

function rival(name: CauseClass, confidence: number, text: string): Alternative {
  return { class: name, subtype: null, confidence, text };
}

/** A report object around some findings; say only what matters. */
export function result(findings: Finding[], change: Partial<Result> = {}): Result {
  const byClass: Result['summary']['byClass'] = {};
  for (const { class: name } of findings) if (name) byClass[name] = (byClass[name] ?? 0) + 1;
  const segments = (vantage: string) =>
    findings.flatMap(({ resets }) => resets).filter((segment) => segment.vantage === vantage).length;
  return {
    schemaVersion: 1,
    tool: { name: 'rst-analyze', version: '0.1.0' },
    captures: ['client', 'server'].map((vantage) => capture(vantage, segments(vantage))),
    clock: { offsetSeconds: 37.204, driftPpm: 0.31, uncertaintySeconds: 0.00042, samples: 180 },
    pairing: { paths: 20, unpaired: { client: 2, server: 0 }, methods: { isn: 18, shift: 2 } },
    policy: null,
    findings,
    inferred: { idleTimeouts: [] },
    summary: {
      resets: findings.filter(({ resets }) => resets.length > 0).length,
      byClass,
      violations: findings.filter(({ policyCheck }) => policyCheck?.status === 'violates').length,
      silentDrops: findings.filter(({ kind }) => kind === 'silent-drop').length,
    },
    ...change,
  };
}

export function capture(vantage: string, resetSegments = 0): Result['captures'][number] {
  return {
    vantage,
    path: `${vantage}.pcap`,
    format: 'pcap',
    linkTypes: ['EN10MB'],
    frames: 12_345,
    tcpSegments: 12_000,
    resetSegments,
    connections: 22,
    firstTime: '2026-05-21T10:20:11.000000000Z',
    lastTime: '2026-05-21T10:58:31.500000000Z',
    warnings: [],
  };
}

/** A small report: a violation by the LB, a reset by the backend through a proxy, a question left open. */
export function smallResult(): Result {
  const policy = { model: 'azure-standard', source: 'lb.json', problems: [] };
  return result([violation('F1'), backendReset('F2'), undetermined('F3')], { policy });
}

/** One of everything that the contract can say, over IPv4 and IPv6, with a damaged capture and a doubtful policy. */
export function fullResult(): Result {
  const findings = [
    violation('F1'),
    finding({ id: 'F2', time: '2026-05-21T10:24:00.000000000Z', policyCheck: conforming() }),
    backendReset('F3'),
    keepaliveFailure('F4'),
    finding({
      id: 'F5',
      class: 'client-originated',
      subtype: 'handshake-abandoned',
      originator: 'client',
      impact: 'harmless',
      confidence: 0.995,
      idleSeconds: null,
      policyCheck: null,
    }),
    finding({
      id: 'F6',
      class: 'lb-other',
      subtype: 'no-healthy-backend',
      confidence: 0.81,
      idleSeconds: 0.0004,
    }),
    finding({
      id: 'F7',
      class: 'middlebox-injected',
      subtype: 'race',
      originator: 'middlebox',
      path: ipv6Path(),
    }),
    finding({
      id: 'F8',
      class: 'health-check',
      subtype: 'half-open',
      impact: 'harmless',
      remedy: [],
      alternatives: [],
    }),
    undetermined('F9'),
    silentDrop('F10'),
    unfinished('F11', 'survived-timeout'),
    unfinished('F12', 'exposure'),
  ];
  const captures = [capture('client', 14), capture('server', 12)];
  captures[1].warnings = [
    {
      code: 'truncated',
      message: 'cut short inside a record; read up to here',
      frame: 12_345,
      byteOffset: 9_876_543,
    },
  ];
  const problems = ['idleTimeoutInMinutes 2 of rule web is below the product minimum of 4; read as 4'];
  return result(findings, {
    captures,
    policy: { model: 'azure-standard', source: 'lb.json, pip.json', problems },
    inferred: {
      idleTimeouts: [
        {
          frontend: FRONTEND,
          lowerSeconds: 230.1,
          upperSeconds: 240.01,
          samples: 14,
          candidates: ['azure-standard default'],
          timer: 'device',
          timerText: 'the gaps agree to 12 ms: a timer in a device or a program',
        },
      ],
      keepalives: [
        {
          endpoint: { ip: '10.0.2.5' },
          vantage: 'server',
          timeSeconds: 61.44,
          likelyTimeSeconds: 60,
          intervalSeconds: 10.24,
          likelyIntervalSeconds: 10,
          probes: 6,
          samples: 9,
          frames: [{ vantage: 'server', frame: 12 }],
        },
        {
          endpoint: { ip: '192.0.2.10' },
          vantage: 'client',
          timeSeconds: 141.5,
          likelyTimeSeconds: null,
          intervalSeconds: null,
          likelyIntervalSeconds: null,
          probes: null,
          samples: 1,
          frames: [{ vantage: 'client', frame: 40 }],
        },
      ],
    },
  });
}

export function violation(id: string): Finding {
  return finding({
    id,
    policyCheck: {
      status: 'violates',
      rule: 'azure/frontend-timeout-wins',
      expected: '900 s',
      observed: '240.01 s',
      text: 'The frontend public IP says 15 min and takes precedence over the 4 min of the rule, yet the flow was reset after 240.01 s.',
    },
  });
}

function conforming(): Finding['policyCheck'] {
  return {
    status: 'conforms',
    rule: 'azure/rule-timeout',
    expected: '240 s',
    observed: '240.01 s',
    text: 'The reset came at the timer that the rule configures.',
  };
}

export function backendReset(id: string): Finding {
  return finding({
    id,
    class: 'backend-originated',
    subtype: 'relayed-by-proxy',
    confidence: 0.92,
    time: '2026-05-21T10:31:02.000100000Z',
    idleSeconds: 0.35,
    path: {
      client: { ip: '192.168.100.200', port: 60123 },
      frontend: FRONTEND,
      lbPeer: LB_PEER,
      backend: BACKEND,
      mode: 'proxy',
    },
    resets: [
      reset({
        vantage: 'server',
        frame: 4011,
        src: BACKEND,
        dst: LB_PEER,
        payloadText: 'No response from server',
      }),
      reset({ frame: 4100, time: '2026-05-21T10:31:02.000500000Z' }),
    ],
    evidence: [
      fact('supports', 14, 'the backend sent a RST 0.4 ms before the LB reset the client leg', 4100, 4011),
      fact('supports', 6, 'response data was still in flight', 0, 4009),
    ],
    policyCheck: {
      status: 'not-covered',
      rule: 'azure/not-idle',
      expected: 'nothing',
      observed: 'a reset by the backend',
      text: 'The LB timers do not apply to resets of the backend.',
    },
    remedy: [{ text: 'Look for aborts in the log of the backend at 10:31:02 UTC.', command: null }],
  });
}

export function keepaliveFailure(id: string): Finding {
  return finding({
    id,
    class: 'keepalive-failure',
    subtype: 'probes-unanswered',
    originator: 'client',
    confidence: 0.9,
    idleSeconds: 7875.2,
    time: '2026-05-21T10:40:00.500000000Z',
    resets: [reset({ frame: 7001, src: CLIENT, dst: FRONTEND })],
    evidence: [
      fact('supports', 11, '9 keepalive probes, 75 s apart, got no answer', 6900),
      fact('supports', 8, 'none of the probes reached the server side'),
    ],
  });
}

export function undetermined(id: string): Finding {
  return finding({
    id,
    class: 'undetermined',
    subtype: 'one-sided',
    originator: 'unknown',
    confidence: 0.55,
    impact: 'unknown',
    time: '2026-05-21T10:44:09.750000000Z',
    idleSeconds: 61.44,
    resets: [reset({ frame: 8123 })],
    evidence: [
      fact('supports', 1, 'the RST carries the address of the frontend', 8123),
      fact(
        'neutral',
        0,
        'the connection is not in the server capture, so whether the backend sent it is not visible',
      ),
    ],
    alternatives: [
      rival('lb-idle-timeout', 0.3, 'the gap before it is close to 60 s'),
      rival('backend-originated', 0.25, 'the TTL is that of earlier segments'),
    ],
    remedy: [{ text: 'capture at the backend at the same time and on all its interfaces', command: null }],
  });
}

export function silentDrop(id: string): Finding {
  return finding({
    id,
    kind: 'silent-drop',
    subtype: 'silent-expiry',
    resets: [],
    confidence: 0.93,
    path: ipv6Path(),
    time: '2026-05-21T10:50:00.000000000Z',
    idleSeconds: 350.2,
    evidence: [fact('supports', 10, '5 retransmissions of the client never reached the server side', 9000)],
  });
}

function unfinished(id: string, kind: 'survived-timeout' | 'exposure'): Finding {
  return finding({
    id,
    kind,
    class: null,
    subtype: null,
    originator: 'unknown',
    impact: 'unknown',
    resets: [],
    alternatives: [],
    evidence: [
      fact('supports', 12, 'data crossed the LB after 1200 s of silence and was answered', 5012, 4988),
    ],
    time: '2026-05-21T10:55:00.000000000Z',
    idleSeconds: 1200,
    policyCheck: {
      status: kind === 'exposure' ? 'inconclusive' : 'violates',
      rule: 'azure/rule-timeout',
      expected: 'reset after 240 s',
      observed: 'alive after 1200 s',
      text: 'The flow went on after a gap that the LB should have ended.',
    },
  });
}

function ipv6Path(): Finding['path'] {
  const client = { ip: '2001:db8:1234:5678:9abc:def0:1234:5678', port: 51234 };
  const frontend = { ip: '2001:db8:ffff:ffff:ffff:ffff:ffff:1', port: 65535 };
  return { client, frontend, lbPeer: client, backend: { ip: 'fd00::5', port: 8443 }, mode: 'pass-through' };
}

/** One side only. */
export function oneSidedResult(): Result {
  return result([undetermined('F1')], {
    captures: [capture('client', 1)],
    clock: null,
    pairing: { paths: 0, unpaired: { client: 22, server: 0 }, methods: {} },
  });
}

/** Many findings that say the same of different connections, and a few that do not. */
export function manyResult(n: number): Result {
  const findings = Array.from({ length: n }, (_, index) =>
    finding({
      id: `F${index + 1}`,
      idleSeconds: 240 + index / 1e4,
      path: { ...finding().path, client: { ip: `10.1.${index % 7}.4`, port: 40_000 + (index % 20_000) } },
      resets: [reset({ frame: index + 1 }), reset({ vantage: 'server', frame: index + 2 })],
    }),
  );
  return result([...findings, backendReset(`F${n + 1}`), undetermined(`F${n + 2}`)]);
}
