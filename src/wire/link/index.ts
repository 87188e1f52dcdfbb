import { ethernet } from './ethernet.js';
import type { LinkLayer } from './link-layer.js';
import { linuxCooked, linuxCooked2 } from './linux-cooked.js';
import { rawIp, rawIpv4, rawIpv6 } from './raw-ip.js';

const LINK_LAYERS: readonly LinkLayer[] = [ethernet, linuxCooked, linuxCooked2, rawIp, rawIpv4, rawIpv6];

/** Sparse by link type, so that the hot path looks up with one index. */
const byLinkType: (LinkLayer | undefined)[] = [];
for (const layer of LINK_LAYERS) byLinkType[layer.linkType] = layer;

/** The decoder of a link type; undefined when it is not known. */
export function linkLayer(linkType: number): LinkLayer | undefined {
  return byLinkType[linkType];
}

/** The name of a link type for reports. */
export function linkTypeName(linkType: number): string {
  return byLinkType[linkType]?.name ?? `LINKTYPE_${linkType}`;
}
