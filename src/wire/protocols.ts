import { esp, espInUdp } from './ip/esp.js';
import { ipComp } from './ip/ip-comp.js';
import { udp } from './ip/udp.js';
import { arcnet, arcnetLinux } from './link/arcnet.js';
import { ciscoHdlc } from './link/cisco-hdlc.js';
import { enc } from './link/enc.js';
import { erf } from './link/erf.js';
import { ethernet } from './link/ethernet.js';
import { fddi } from './link/fddi.js';
import { frameRelay } from './link/frame-relay.js';
import { ieee80211 } from './link/ieee80211.js';
import { linuxCooked, linuxCooked2 } from './link/linux-cooked.js';
import { llc } from './link/llc.js';
import { loopback } from './link/loopback.js';
import { nflog } from './link/nflog.js';
import { pflog } from './link/pflog.js';
import { ppi } from './link/ppi.js';
import { ppp, pppSerial } from './link/ppp.js';
import { pppoe } from './link/pppoe.js';
import { prism } from './link/prism.js';
import { radiotap } from './link/radiotap.js';
import { rawIp } from './link/raw-ip.js';
import { ciscoHdlcWithDirection, frameRelayWithDirection, pppWithDirection } from './link/with-direction.js';
import { type Protocol, protocolOfLinkType, register } from './registry.js';
import { ciscoMetadata } from './shim/cisco-metadata.js';
import { fabricPath } from './shim/fabric-path.js';
import { macSec } from './shim/mac-sec.js';
import { mpls, mplsInIp } from './shim/mpls.js';
import { nsh } from './shim/nsh.js';
import { providerBackbone } from './shim/provider-backbone.js';
import { trill } from './shim/trill.js';
import { eTag, vnTag } from './shim/vn-tag.js';
import { ayiya } from './tunnel/ayiya.js';
import { capwap } from './tunnel/capwap.js';
import { etherIp } from './tunnel/ether-ip.js';
import { fou } from './tunnel/fou.js';
import { geneve } from './tunnel/geneve.js';
import { gre } from './tunnel/gre.js';
import { gtpU } from './tunnel/gtp-u.js';
import { gue } from './tunnel/gue.js';
import { ipv4InIp, ipv6InIp } from './tunnel/ip-in-ip.js';
import { l2tp, l2tpv3 } from './tunnel/l2tp.js';
import { lisp } from './tunnel/lisp.js';
import { teredo } from './tunnel/teredo.js';
import { tzsp } from './tunnel/tzsp.js';
import { vxlan } from './tunnel/vxlan.js';
import { vxlanGpe } from './tunnel/vxlan-gpe.js';

/** Link layers: how a frame begins. */
const LINKS: readonly Protocol[] = [
  ...[ethernet, linuxCooked, linuxCooked2, rawIp, loopback, ppp, pppSerial, pppoe],
  ...[
    pppWithDirection,
    ciscoHdlcWithDirection,
    frameRelayWithDirection,
    ciscoHdlc,
    frameRelay,
    llc,
    fddi,
    arcnet,
    arcnetLinux,
  ],
  ...[ieee80211, radiotap, prism, ppi, pflog, nflog, enc, erf],
];

/** What stands between a link layer and IP. */
const SHIMS: readonly Protocol[] = [
  ...[mpls, nsh, vnTag, eTag, providerBackbone, fabricPath, ciscoMetadata, trill, macSec],
];

/** What IP carries, other than TCP. */
const TUNNELS: readonly Protocol[] = [
  ...[udp, esp, espInUdp, ipComp],
  ...[ipv4InIp, ipv6InIp, gre, etherIp, l2tpv3, mplsInIp],
  ...[vxlan, vxlanGpe, geneve, gue, fou, gtpU, l2tp, teredo, capwap, tzsp, ayiya, lisp],
];

/** Everything that is decoded. */
export const PROTOCOLS: readonly Protocol[] = [...LINKS, ...SHIMS, ...TUNNELS];
for (const protocol of PROTOCOLS) register(protocol);

/** The decoder of a link type; undefined when it is not known. */
export const linkLayer = protocolOfLinkType;
