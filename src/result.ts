import { z } from 'zod';
import {
  CHECK_LEVELS,
  CLASSES,
  CONFIDENCE_LABELS,
  IMPACTS,
  KINDS,
  MODES,
  ORIGINATORS,
  POLICY_STATUSES,
} from './words.js';

/**
 * The report object: the one contract that the library returns, every format prints and the published JSON
 * Schema describes. Times are RFC 3339 strings with nanoseconds, durations are numbers of seconds in fields that
 * end in `Seconds`, sequence and acknowledgement numbers are raw (0 to 2^32-1).
 *
 * The rest of the code imports only the types of this file, so that starting the tool never loads the validator.
 */

/** The version of this contract. */
export const SCHEMA_VERSION = 1;

const uint = z.number().int().nonnegative();
const seconds = z.number();
const probability = z.number().min(0).max(1);
const time = z.string().regex(/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);

const endpoint = z.object({ ip: z.string(), port: z.number().int().min(0).max(65_535) });
const maybeEndpoint = endpoint.nullable();

const warning = z.object({
  code: z.string(),
  message: z.string(),
  frame: uint.nullable(),
  byteOffset: uint.nullable(),
  /** The file it concerns, where a capture consists of several. */
  file: z.string().optional(),
});

/** One of the files that a capture consists of, in the order of their frames. */
const captureFile = z.object({
  /** What its frames are cited by. */
  file: z.string(),
  path: z.string(),
  frames: uint,
});

/** What an independent second reader says of the frames that the report cites. */
const secondReader = z.object({
  reader: z.string(),
  status: z.enum(['agrees', 'differs', 'not-applicable']),
  framesChecked: uint,
  differences: z.array(z.object({ frame: uint.positive(), what: z.string(), file: z.string().optional() })),
  text: z.string(),
});

const capture = z.object({
  vantage: z.string(),
  path: z.string(),
  format: z.string(),
  linkTypes: z.array(z.string()),
  frames: uint,
  tcpSegments: uint,
  resetSegments: uint,
  connections: uint,
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  warnings: z.array(warning),
  /** The one interface of the capture that is this vantage; absent where all are. */
  interface: z.string().optional(),
  /** Only of a capture of several files. */
  files: z.array(captureFile).optional(),
  /** TCP segments that were recorded more than once, copies only; absent when there are none. */
  duplicates: uint.optional(),
  /** Packets that the capture itself says were lost before they were written; absent where it does not say. */
  dropsReported: uint.optional(),
  /** Only where a second reader was asked for. */
  secondReader: secondReader.optional(),
});

/** Server clock minus client clock; the true offset lies within `offsetSeconds` ± `uncertaintySeconds`. */
const clock = z.object({
  offsetSeconds: seconds,
  driftPpm: z.number(),
  uncertaintySeconds: seconds.nonnegative(),
  samples: uint,
  /**
   * Where one of the clocks was set in between; absent where none was. `offsetSeconds` and `driftPpm` are those before
   * the first step; `afterSeconds` counts from the client capture's first frame.
   */
  steps: z.array(z.object({ afterSeconds: z.number(), bySeconds: z.number() })).optional(),
});

const pairing = z.object({
  paths: uint,
  unpaired: z.object({ client: uint, server: uint }),
  methods: z.record(z.string(), uint),
  /**
   * HTTP requests that were found on both sides of a proxy that keeps connections for requests of any client; absent
   * where none were.
   */
  requests: uint.optional(),
  /**
   * Pairs of living connections that have the same addresses and ports on the server side, though not on the client
   * side; absent where none do.
   */
  folded: uint.optional(),
});

/** A frame by its number in its file; `file` only where a capture consists of several. */
const frameRef = z.object({ vantage: z.string(), frame: uint.positive(), file: z.string().optional() });

const reset = frameRef.extend({
  time,
  src: endpoint,
  dst: endpoint,
  seq: uint,
  ack: uint,
  flags: z.string(),
  ttl: uint.max(255),
  ipId: uint.max(65_535).nullable(),
  window: uint.max(65_535),
  payloadText: z.string().nullable(),
  duplicateOf: uint.positive().optional(),
});

/** Why a RST itself says that it was sent, and which one says so: a claim of whoever built it. */
const declaredReason = frameRef.extend({
  /** Whose words `code` and `name` are: those of `rst-diagnostic-payload`, `linux-rstreason`, `mptcp`, `f5`, `netscaler`, `text`. */
  source: z.string(),
  code: uint.nullable(),
  name: z.string(),
  /** The same in one vocabulary for all of them, such as `idle-timeout`; `unknown` where it is not understood. */
  means: z.string(),
  /** The words in its payload, where it gives any. */
  payloadText: z.string().nullable(),
});

const evidence = z.object({
  id: z.string(),
  effect: z.enum(['supports', 'contradicts', 'neutral']),
  /** Decibans that it adds to the score of this cause, or takes off it; see docs/verdicts.md. */
  weight: z.number(),
  text: z.string(),
  frames: z.array(frameRef),
});

const alternative = z.object({
  class: z.enum(CLASSES),
  subtype: z.string().nullable(),
  confidence: probability,
  text: z.string(),
});

const source = z.object({ title: z.string(), url: z.string() });

/** What precedence leaves of the configured timers for one flow, and how. */
const effectiveTimeout = z.object({
  /** Null where the configuration at hand does not decide it, or where no timer ever fires. */
  seconds: seconds.nullable(),
  /** Every setting that was looked at, in order. */
  settings: z.array(
    z.object({ name: z.string(), seconds: seconds.nullable(), won: z.boolean(), because: z.string() }),
  ),
  source,
});

const policyCheck = z.object({
  status: z.enum(POLICY_STATUSES),
  rule: z.string(),
  expected: z.string(),
  observed: z.string(),
  text: z.string(),
  /** The check of docs/lb.md that concluded; absent where the finding is about something else. */
  check: z.string().optional(),
  level: z.enum(CHECK_LEVELS).optional(),
  /** What the rule is about, for a reader. */
  documentation: z.string().optional(),
  /** The reasoning behind `expected`. */
  effectiveTimeout: effectiveTimeout.optional(),
});

const path = z.object({
  client: maybeEndpoint,
  frontend: maybeEndpoint,
  lbPeer: maybeEndpoint,
  backend: maybeEndpoint,
  mode: z.enum(MODES),
});

const remedy = z.object({ text: z.string(), command: z.string().nullable() });

/** A packet at one vantage. Seconds on the client's clock, counted from the finding's `time`. */
const sighting = z.object({ frame: uint.positive(), file: z.string().optional(), seconds });

/** One of the packets that tell a finding's story, as both vantages saw it. */
const ladderStep = z.object({
  /** Whose address it carries. */
  from: z.enum(['client', 'backend']),
  /** When it was first seen. */
  seconds,
  flags: z.string(),
  /** Bytes of payload. */
  length: uint,
  seq: uint,
  ack: uint,
  /** Whether it is a keepalive probe. */
  probe: z.boolean(),
  client: sighting.nullable(),
  server: sighting.nullable(),
  /** Whether it got from one vantage to the other; unknown where a capture cannot tell. */
  fate: z.enum(['crossed', 'lost', 'made-between', 'unknown']),
  /** Packets of the same connection between the step before and this one that are not shown. */
  skippedBefore: uint,
});

const ladder = z.object({ steps: z.array(ladderStep), skippedAfter: uint });

const finding = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  class: z.enum(CLASSES).nullable(),
  subtype: z.string().nullable(),
  originator: z.enum(ORIGINATORS),
  confidence: probability,
  confidenceLabel: z.enum(CONFIDENCE_LABELS),
  impact: z.enum(IMPACTS),
  time,
  path,
  idleSeconds: seconds.nonnegative().nullable(),
  resets: z.array(reset),
  /** Only where a RST states its cause. */
  reason: declaredReason.optional(),
  evidence: z.array(evidence),
  alternatives: z.array(alternative),
  policyCheck: policyCheck.nullable(),
  displayFilter: z.object({
    client: z.string().nullable(),
    server: z.string().nullable(),
    /** Where a capture consists of several files: the connection and the cited frames, for each file that has any. */
    files: z.array(z.object({ vantage: z.string(), file: z.string(), filter: z.string() })).optional(),
  }),
  remedy: z.array(remedy),
  /** The decisive packets on one clock; only where they were asked for. */
  ladder: ladder.optional(),
});

/** One device on the path, with the timer that it gives flows. */
const chainLink = z.object({
  device: z.string(),
  product: z.string(),
  /** Null where it is not known, or where it never fires. */
  seconds: seconds.nullable(),
  atExpiry: z.string(),
  /** Whether TCP keepalives restart it; null where that is not published. */
  countsKeepalives: z.boolean().nullable(),
});

const policy = z.object({
  model: z.string(),
  source: z.string(),
  problems: z.array(z.string()),
  /** The devices in the order of the path, and what follows from that; only where there are several. */
  chain: z.object({ devices: z.array(chainLink), text: z.array(z.string()) }).optional(),
});

const inferredTimeout = z.object({
  frontend: endpoint,
  lowerSeconds: seconds.nullable(),
  upperSeconds: seconds.nullable(),
  samples: uint,
  candidates: z.array(z.string()),
  /** Whose timer the gaps look like: a device's or proxy's is punctual, a kernel's fires late by up to an eighth. */
  timer: z.enum(['device', 'kernel', 'unknown']).optional(),
  /** Why. */
  timerText: z.string().optional(),
});

/**
 * With which timers a host keeps its connections alive, as the probes of connections show that ended by a RST or
 * vanished. What does not show is null; `likely...` is the setting that a kernel's late timer was likely made with.
 */
const inferredKeepalive = z.object({
  endpoint: z.object({ ip: z.string() }),
  /** The captures that show it. */
  vantage: z.string(),
  /** From the last segment that it heard to its first probe. */
  timeSeconds: seconds.nonnegative().nullable(),
  likelyTimeSeconds: uint.nullable(),
  /** From one unanswered probe to the next. */
  intervalSeconds: seconds.nonnegative().nullable(),
  likelyIntervalSeconds: uint.nullable(),
  /** Unanswered probes after which it gives up. */
  probes: uint.nullable(),
  samples: uint,
  frames: z.array(frameRef),
});

const summary = z.object({
  resets: uint,
  byClass: z.partialRecord(z.enum(CLASSES), uint),
  violations: uint,
  silentDrops: uint,
});

/** The definition that both the TypeScript types and the published JSON Schema come from. */
export const resultSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.object({ name: z.literal('rst-analyze'), version: z.string() }),
  captures: z.array(capture),
  clock: clock.nullable(),
  pairing,
  policy: policy.nullable(),
  findings: z.array(finding),
  inferred: z.object({
    idleTimeouts: z.array(inferredTimeout),
    /** Absent where no probe was seen. */
    keepalives: z.array(inferredKeepalive).optional(),
  }),
  summary,
});

/** The report object itself: what `analyze` returns and every format prints. */
export type Result = z.infer<typeof resultSchema>;
export type CaptureSummary = z.infer<typeof capture>;
export type CaptureWarning = z.infer<typeof warning>;
export type SecondReading = z.infer<typeof secondReader>;
export type ClockEstimate = z.infer<typeof clock>;
export type Endpoint = z.infer<typeof endpoint>;
export type Finding = z.infer<typeof finding>;
export type FindingPath = z.infer<typeof path>;
export type FrameRef = z.infer<typeof frameRef>;
export type ResetSegment = z.infer<typeof reset>;
export type StatedReason = z.infer<typeof declaredReason>;
export type EvidenceLine = z.infer<typeof evidence>;
export type Alternative = z.infer<typeof alternative>;
export type EffectiveTimeoutSummary = z.infer<typeof effectiveTimeout>;
export type PolicyCheck = z.infer<typeof policyCheck>;
export type PolicySummary = z.infer<typeof policy>;
export type Ladder = z.infer<typeof ladder>;
export type LadderStep = z.infer<typeof ladderStep>;
export type Remedy = z.infer<typeof remedy>;
export type InferredTimeout = z.infer<typeof inferredTimeout>;
export type InferredKeepalive = z.infer<typeof inferredKeepalive>;
export type Summary = z.infer<typeof summary>;
