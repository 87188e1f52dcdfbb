import { isPrivate } from '../addresses.js';
import { defineProduct } from '../define.js';
import type { FlowQuery } from '../model.js';
import type { ProductModel } from '../product-model.js';
import { candidateOf, effectiveOf, resolveByModel } from '../resolve.js';
import { timer } from '../timer.js';

const SESSION_PAGE = {
  title: 'Azure Firewall: TCP session behavior (2025-03-25)',
  url: 'https://learn.microsoft.com/azure/firewall/tcp-session-behavior',
};

const model: ProductModel = {
  id: 'azure-firewall',
  name: 'Azure Firewall, network rules',
  kind: 'filter',
  preserves: { sequence: 'yes', ports: 'unknown', clientAddress: 'unknown' },
  timers: [
    timer({
      key: 'north-south',
      setting: 'north-south idle timeout',
      unit: 'min',
      default: 240,
      min: 240,
      max: 900,
      activity: 'unknown',
      onExpiry: 'rst-both-at-timer',
      source: SESSION_PAGE,
      note: 'raised by a support request only',
    }),
    timer({
      key: 'east-west',
      setting: 'east-west idle timeout',
      unit: 'min',
      default: 300,
      configurable: false,
      activity: 'unknown',
      onExpiry: 'silent-drop',
      source: SESSION_PAGE,
    }),
  ],
  precedence: [{ text: 'Both ends private: east-west. Otherwise: north-south.', source: SESSION_PAGE }],
  exceptions: [
    { text: 'Application rules end TCP in a proxy of the firewall.', source: SESSION_PAGE },
    { text: 'On scale-in an instance drains for 90 s, then its flows are cut.', source: SESSION_PAGE },
  ],
};

const [NORTH_SOUTH, EAST_WEST] = model.timers;

export const azureFirewall = defineProduct({
  model,
  resolve: (instance, flow) => {
    const inside = bothPrivate(flow);
    if (inside === null) return resolveByModel(model, instance, flow);
    const [winner, loser] = inside ? [EAST_WEST, NORTH_SOUTH] : [NORTH_SOUTH, EAST_WEST];
    return effectiveOf(model, instance, candidateOf(winner, instance), {
      rule: inside ? 'azure/firewall-east-west' : 'azure/firewall-north-south',
      because: inside ? 'both ends are private' : 'an end is public',
      losers: [candidateOf(loser, instance)],
      lost: inside ? 'both ends are private' : 'an end is public',
    });
  },
});

/** Whether the flow stays between private addresses; null where only one end is known. */
function bothPrivate({ frontend, backend, lbPeer }: FlowQuery): boolean | null {
  const target = backend ?? frontend;
  if (target === null || lbPeer == null) return null;
  return isPrivate(target.ip) && isPrivate(lbPeer.ip);
}
