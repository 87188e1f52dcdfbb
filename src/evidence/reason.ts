import { declaredReason } from '../reasons/index.js';
import type { DeclaredReason } from '../reasons/reason.js';
import type { Scene } from './scene.js';
import { nearSender, type Packet } from './timeline.js';

/** What one RST of an event says of the cause. */
export interface Declaration {
  readonly reason: DeclaredReason;
  readonly packet: Packet;
}

/** The first RST of the event that states a cause; null when none does. */
export function declarationOf(scene: Scene): Declaration | null {
  for (const packet of scene.event.packets) {
    const { payload, length, mptcpReset, window } = nearSender(packet).segment;
    const foreignWindow = isForeignWindow(window, packet, scene);
    const reason = declaredReason({ payload, length, mptcpReset, window, foreignWindow });
    if (reason !== null) return { reason, packet };
  }
  return null;
}

/** Whether the alleged sender of a RST was seen to advertise windows, and never this one. */
function isForeignWindow(window: number, { from }: Packet, { before }: Scene): boolean {
  if (window === 0) return false;
  const own = before.filter((packet) => packet.from === from);
  return own.length > 0 && own.every((packet) => nearSender(packet).segment.window !== window);
}
