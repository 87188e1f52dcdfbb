import type { FactId } from './fact.js';

/** What a fact means, for readers of the documentation; the words of one finding come with its values from the detectors. */
export interface FactDescription {
  /** What was seen where the fact holds, as one clause. */
  readonly holds: string;
  /** What the captures have to show before it can be told whether it holds; null where they always do. */
  readonly needs: string | null;
}

const ALWAYS = null;
const NEAR_SENDER = 'a capture on the side of the alleged sender, running and without loss at that moment';
const BOTH_SIDES = 'a capture on each side';
const OWN_SEGMENTS = 'other segments of the alleged sender where the RST was seen';
const ENOUGH_IDS = 'at least three IPv4 segments of the alleged sender where the RST was seen';
const OWN_TIMESTAMPS = 'TCP timestamps in the last segment of the alleged sender, and no cut options';
const ANSWERED = 'a segment that the RST answers';
const ACROSS = 'a RST that answers a segment, and a complete capture on the side to which that segment went';
const A_CROSSING = 'at least one segment of the connection before the RST';
const BEGINNING = "the connection's beginning";
const EARLIER_CAPTURE = 'a capture that began before the RST';
const OTHER_LEG =
  "the end of the connection's other leg, which a capture on the other side of the proxy shows";

function described(holds: string, needs: string | null = ALWAYS): FactDescription {
  return { holds, needs };
}

/** Every fact in a reader's words; the compiler misses none. */
export const FACT_DESCRIPTIONS: Readonly<Record<FactId, FactDescription>> = {
  'born-client-side': described("the RST came from the client's side", NEAR_SENDER),
  'born-server-side': described("the RST came from the backend's side", NEAR_SENDER),
  'born-between': described(
    'the RST was made between the two captures: it arrived at one side and never left the other, or came from the address at which a proxy ends the connection',
    NEAR_SENDER,
  ),
  'both-ends': described('a RST arrived at each end within moments, and neither end had sent one'),
  'no-partner': described(
    "the other side's capture covers this time and has no such connection",
    'a capture on the other side that shows other connections of the same service',
  ),
  'forwarded-connection': described(
    'both captures show the same TCP connection: the load balancer forwards packets and owns no socket of it',
    BOTH_SIDES,
  ),
  'ttl-as-sender': described("the RST's TTL is that of the alleged sender's other segments", OWN_SEGMENTS),
  'ttl-unlike-sender': described(
    "the RST's TTL is another than that of the alleged sender's other segments: it came from another distance",
    OWN_SEGMENTS,
  ),
  'ip-id-continues': described(
    "the RST's IP ID is the next of the alleged sender's counter, which only its own socket knows",
    ENOUGH_IDS,
  ),
  'ip-id-foreign': described(
    "the RST looks like an abort but has an IP ID that is not the next of the alleged sender's counter",
    ENOUGH_IDS,
  ),
  'ip-id-mirrors-trigger': described(
    "the RST's IP ID is copied from a segment that was on the wire before",
    'an IPv4 segment before the RST, and numbers that are not all alike',
  ),
  'ip-id-turned-around': described(
    "the RST has the IP ID, or over IPv6 the window, of its receiver's own last segment: that was edited and sent back",
    'numbers that are not all alike',
  ),
  'timestamp-continues': described(
    "the RST's TCP timestamp continues the alleged sender's clock",
    OWN_TIMESTAMPS,
  ),
  'timestamp-missing': described(
    'the RST looks like an abort but has no timestamps, although the alleged sender sends them',
    OWN_TIMESTAMPS,
  ),
  'form-active': described('RST+ACK with current numbers, as an aborting socket sends it'),
  'form-passive': described(
    'a bare RST (no ACK, window 0, no options but MP_TCPRST at most), as a host answers a segment for which it has no socket',
  ),
  'form-copied': described(
    'the RST was made in between and carries a timestamp all the same: it was made from a segment of one of the ends',
  ),
  'form-refusal': described('RST+ACK with sequence number 0, as a host answers a SYN to a closed port'),
  'answers-segment': described('the RST answers a segment: by its form, or because it follows one at once'),
  'answers-syn': described('what the RST answers is a SYN'),
  'answers-probe': described('what the RST answers is a keepalive probe'),
  'trigger-crossed': described('what the RST answers got across to the other side', ACROSS),
  'trigger-never-crossed': described('what the RST answers never arrived on the other side', ACROSS),
  'answered-too-soon': described(
    'the answer came faster than the handshake shows that the alleged sender can answer',
    "the handshake in the client's capture, with a round trip of at least 1 ms",
  ),
  'idle-before': described('nothing crossed for at least 5 s before the event', A_CROSSING),
  'idle-long-before': described('nothing crossed for at least 10 s before the event', A_CROSSING),
  'idle-cluster': described('two or more other connections ended after the same idle time', A_CROSSING),
  'idle-known-timer': described(
    'the idle time is a common default timeout (240, 300, 350, 600 or 900 s)',
    A_CROSSING,
  ),
  'data-in-flight': described('data had been sent and not acknowledged when the conversation stopped'),
  'unanswered-probes': described(
    "the sender's keepalive probes went unanswered before its RST",
    EARLIER_CAPTURE,
  ),
  'probe-spacing': described(
    'the probes and the RST came at even intervals, as a kernel that gives up sends them',
    'at least two probes before the RST',
  ),
  'user-timed-out': described(
    'the wait ended by a timeout and not by a count: sooner than the same host gave up others, or in silence, after repeats or window probes in vain',
  ),
  'balancer-gave-up': described(
    "the unanswered keepalive probes were the load balancer's own, on this leg or on the other one",
    "a capture on the side in whose name the probes came, or the connection's other leg",
  ),
  'balancer-unanswered': described(
    'the load balancer had repeated data on the other leg, and none of it was acknowledged',
    OTHER_LEG,
  ),
  'sender-closed-before': described('the alleged sender had sent its FIN before'),
  'peer-closed-before': described('the other end had sent its FIN before'),
  'closed-by-both': described('both ends had sent FIN, and each had been acknowledged'),
  'data-after-close': described('data came after the alleged sender had closed, and the RST answers it'),
  'unread-data': described(
    "the last data that the sender's kernel acknowledged was never answered by its application",
    'of a client, data that it had not just asked for: otherwise it does not show whether that was read',
  ),
  'sender-sent-no-data': described(
    'the alleged sender had not sent a byte of data (but for a PROXY protocol header)',
    BEGINNING,
  ),
  'sender-opened': described('whoever opened the connection reset it'),
  'several-at-once': described('other connections of the same sender were reset at the same moment'),
  'after-earlier-reset': described("an earlier reset had already ended this sender's side"),
  'history-unseen': described(
    'the capture near the sender shows nothing of the connection before its RST: what led to it was seen by nobody',
  ),
  'vanished-before': described('two or more segments of an end left it and never arrived at the other end'),
  'sender-unanswered': described(
    'the sender had repeated its data in vain, and nothing shows that any of it arrived',
  ),
  'own-errand': described('no client was connected when the load balancer opened the connection', A_CROSSING),
  'nothing-forwarded': described(
    'the load balancer had not answered a byte, nor called a backend for this client',
    A_CROSSING,
  ),
  'silence-broken': described(
    'an end had said something, or closed, on either leg of a proxy just before: no timer of silence ran out',
  ),
  'sender-went-on': described('the alleged sender sent new data or a FIN after "its" RST'),
  'numbers-guessed': described(
    "several RSTs in one host's name have numbers that it had not reached, one beyond the other",
  ),
  'trigger-untranslated': described(
    "the backend's segment reached the client under the backend's own address: the translation was gone",
  ),
  'answers-old-connection': described(
    'the RST answers the numbers of an earlier connection of the same addresses and ports',
  ),
  'tuple-folded': described(
    "another connection has, or just had, this one's address and port at the backend, and the RST comes of that",
    'where the earlier one is over: whose it was, which a capture on each side shows',
  ),
  'proxy-likely': described(
    'the alleged sender is the load balancer itself: it ends connections here, or the captures have none in common',
  ),
  'proxy-leg': described(
    'the load balancer ends this TCP connection and makes another one: no RST passes through it',
  ),
  'client-reset-before': described('the client had reset its own leg just before', OTHER_LEG),
  'backend-reset-before': described('the backend had reset its own leg just before', OTHER_LEG),
  'proxy-speaks-for-itself': described(
    'the PROXY protocol header says that the load balancer opened the connection for itself',
  ),
  'sender-recognised': described(
    'the TTL, the IP ID or the timestamp of the RST is that of its alleged sender',
  ),
  'forgery-marks': described(
    'the RST lacks the timestamps, copies an IP ID or has a foreign one, or was followed by more of its alleged sender',
  ),
  'path-alive': described(
    'other connections got across while packets of this one vanished: the path was up',
    'other connections that cross later on',
  ),
  'handshake-incomplete': described('the handshake was not finished', BEGINNING),
  'sequence-exact': described(
    'the RST has exactly the sequence number that its receiver expected',
    'an earlier segment of either end that tells the number',
  ),
  'answers-final-ack': described(
    "the RST answers the segment that finished the handshake, and its alleged sender had sent nothing but the SYN's answer",
  ),
  'nothing-said': described('neither side had sent data', BEGINNING),
  'backend-never-answered': described(
    'the client got an answer to its SYN that the backend had not sent',
    BOTH_SIDES,
  ),
  'receiver-ignored': described(
    'the end that got the RST took no notice of it: both ends went on',
    'the RST where its receiver was captured',
  ),
  'retried-at-once': described('the client opened one other connection right after and was served'),
  'close-crossed': described(
    'data, the first after a silence, and the close of the end that it was for crossed on the way',
  ),
  'closed-after-idle': described(
    'the sender had closed (FIN) after 5 s or more without data, or after a shorter time that others share',
    A_CROSSING,
  ),
  'ttl-as-host': described(
    "the RST's TTL is that of other connections of the same address",
    'other connections of that address in the same capture',
  ),
  'request-outstanding': described(
    'whoever opened the connection had spoken last: an answer was owed',
    'data of either end before the RST',
  ),
  'mass-reset': described(
    'at least three other connections in use were reset in the same place within a second',
  ),
  'others-lived': described(
    'other connections came through the moment of such a crowd of resets',
    A_CROSSING,
  ),
  'ended-together': described(
    'at least three other connections were reset in the same place at that very moment, busy ones and idle ones',
  ),
  'mass-reset-since': described(
    'at least three other connections in use were reset in the same place, within a second of each other, while nothing crossed on this one',
    A_CROSSING,
  ),
  'only-router': described(
    'a single router stands between the captures, by what it takes off the TTL',
    'segments of the connection at both vantages',
  ),
  'other-place': described(
    'idle connections of the client were reset in two places between the captures: one of them is no load balancer',
    'a capture between those two boxes',
  ),
  'idle-elsewhere': described(
    'idle connections of the client were reset by a box in another place between the captures, and none here',
    'a capture between those two boxes',
  ),
  'first-router': described(
    "the RST has an untouched TTL at the client's own machine, and several routers stand between the captures",
    "segments of the connection at both vantages, and a RST that arrived at the client's",
  ),
  'still-forwarded': described(
    'segments of the alleged sender went on crossing after the RST that was made in between, or did on other connections that were reset in the same place at that moment',
  ),
  'idle-in-step': described(
    'others that ended in the very moment had been idle for just as long, and none for another time',
  ),
  'idle-separates': described(
    'every idle time that connections came through is shorter than that before this event, and others ended like it',
    A_CROSSING,
  ),
  'longer-idle-survived': described('connections of the same frontend came through a longer idle time'),
  'closed-in-step': described(
    'the same host closed other connections after the same time without data, in other moments',
    'more connections that end after an idle time',
  ),
  'closed-in-burst': described(
    'other closes of the same host came at the same moment, after other times without data',
  ),
  'both-legs-known': described(
    "both of the proxy's legs are known, by more than times: what became of the other one shows",
  ),
  'end-reset-nearby': described('what can be the other leg was reset by its end just then', A_CROSSING),
  'end-closed-nearby': described('what can be the other leg was closed by its end just then', A_CROSSING),
  'proxy-closed-nearby': described(
    'what can be the other leg was closed by the load balancer just then',
    A_CROSSING,
  ),
  'only-resets-seen': described('nothing but resets of the connection was captured'),
  'both-sides-captured': described(
    'a capture was taken on the load balancer itself and shows both of its sides: which host is an end does not show',
  ),
  'barely-seen': described('hardly anything of the connection was captured, and on one side only'),
  'reset-burst': described('other connections were reset in the very same moment, and hardly any around it'),
  'at-fixed-interval': described('the same host resets a connection to this service at a fixed interval'),
  'called-at-interval': described('the same service refuses the SYNs of the same caller at a fixed interval'),
  'declares-reason': described('the RST itself says why it was sent'),
  'declares-idle-timeout': described('the RST says: idle timeout', 'a RST that says why it was sent'),
  'declares-keepalive-failure': described(
    'the RST says: keepalives or repeats went unanswered',
    'a RST that says why it was sent',
  ),
  'declares-relayed-reset': described(
    'the RST says: the other leg was reset',
    'a RST that says why it was sent',
  ),
  'declares-abort': described(
    'the RST says: aborted, or closed with unread data',
    'a RST that says why it was sent',
  ),
  'declares-late-data': described(
    'the RST says: data came after the close',
    'a RST that says why it was sent',
  ),
  'declares-no-socket': described('the RST says: no such connection here', 'a RST that says why it was sent'),
  'declares-rejection': described(
    'the RST says: rejected, or unreachable',
    'a RST that says why it was sent',
  ),
  'declares-overload': described('the RST says: out of resources', 'a RST that says why it was sent'),
  'declares-balancer': described(
    "the RST says why in a load balancer vendor's own format",
    'a RST that says why it was sent',
  ),
  'form-bsd-active': described(
    'RST+ACK with current numbers, timestamps and window 0, as FreeBSD and macOS abort',
  ),
  'form-windows-active': described(
    'RST+ACK with current numbers, window 0, no options and a TTL of 65 to 128, as Windows aborts',
  ),
  'form-bare-window': described('RST without ACK but with a window: no common kernel sends that'),
  'form-filter-reject': described(
    'type of service 0 in answer to a segment that has another: a packet filter rejects so',
    'an answered segment whose type of service is not 0',
  ),
  'window-mirrors-trigger': described(
    "the RST's window is that of the segment it answers, and none of its alleged sender's",
    ANSWERED,
  ),
  'ip-id-class-differs': described(
    'the RST has an IP ID where the alleged sender always sends 0',
    ENOUGH_IDS,
  ),
  'flow-label-as-sender': described(
    "the RST's IPv6 flow label is that of the alleged sender's segments",
    'an IPv6 segment of the alleged sender that has one',
  ),
  'repeats-exhausted': described(
    'the sender repeated its data, ever further apart, and reset with window 0 when the next repeat was due',
    EARLIER_CAPTURE,
  ),
};
