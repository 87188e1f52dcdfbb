import { minutesToSeconds } from '../duration.js';
import type { ProductModel } from '../product-model.js';
import { timer } from '../timer.js';
import {
  ESTABLISHED_ONLY,
  INBOUND_MAX_MINUTES,
  LATER_SEGMENTS,
  NAT_OVERVIEW_PAGE,
  OUTBOUND_MAX_MINUTES,
  OUTBOUND_PAGE,
  PUBLIC_IP_MAX_MINUTES,
  PUBLIC_IP_PAGE,
  RULE_SCHEMA,
  SCHEMA_MAX_MINUTES,
  TCP_RESET_PAGE,
} from './facts.js';

/** Product id of Azure's Standard Load Balancer. */
export const AZURE_STANDARD = 'azure-standard';

const PROBE_PAGE = {
  title: 'Azure: Load Balancer health probes',
  url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
};

const MINUTES = { unit: 'min', default: 240, min: 240, activity: 'any-packet' } as const;

export const AZURE_STANDARD_MODEL: ProductModel = {
  id: AZURE_STANDARD,
  name: 'Azure Standard Load Balancer',
  kind: 'pass-through',
  preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
  timers: [
    timer({
      ...MINUTES,
      setting: 'idleTimeoutInMinutes of a rule',
      max: minutesToSeconds(INBOUND_MAX_MINUTES),
      warnAbove: { seconds: minutesToSeconds(SCHEMA_MAX_MINUTES), source: RULE_SCHEMA },
      onExpiry: 'rst-both-at-timer',
      source: TCP_RESET_PAGE,
      note: 'load-balancing rules and inbound NAT rules',
      change:
        'az network lb rule update -g <resource-group> --lb-name <load-balancer> -n <rule> --idle-timeout {value}',
    }),
    timer({
      ...MINUTES,
      key: 'frontend',
      setting: 'idleTimeoutInMinutes of the frontend public IP',
      max: minutesToSeconds(PUBLIC_IP_MAX_MINUTES),
      scope: 'other',
      onExpiry: 'rst-both-at-timer',
      source: PUBLIC_IP_PAGE,
      change: 'az network public-ip update -g <resource-group> -n <public-ip> --idle-timeout {value}',
    }),
    timer({
      ...MINUTES,
      key: 'outbound',
      setting: 'idleTimeoutInMinutes of an outbound rule',
      max: minutesToSeconds(OUTBOUND_MAX_MINUTES),
      scope: 'other',
      onExpiry: 'rst-both-at-timer',
      source: OUTBOUND_PAGE,
    }),
  ],
  switches: [
    {
      key: 'appliance',
      setting: 'internal HA ports with an appliance in the path',
      default: false,
      offAction: 'silent-drop',
      source: TCP_RESET_PAGE,
    },
    {
      key: 'reset',
      setting: 'enableTcpReset',
      default: false,
      offAction: 'silent-drop',
      source: TCP_RESET_PAGE,
    },
  ],
  precedence: [
    {
      text: "Inbound: the frontend public IP's timeout goes before that of the load-balancing rule or inbound NAT rule where they differ.",
      source: TCP_RESET_PAGE,
    },
    {
      text: "Outbound: a NAT gateway goes before everything, then an instance-level public IP, then the outbound rule, then the public IP's fixed 4 minutes.",
      source: NAT_OVERVIEW_PAGE,
    },
    {
      text: "Whether it resets is the matched rule's enableTcpReset, whichever object gives the minutes.",
      source: TCP_RESET_PAGE,
    },
  ],
  exceptions: [
    { text: ESTABLISHED_ONLY.text, source: ESTABLISHED_ONLY.source },
    { text: LATER_SEGMENTS.text, source: LATER_SEGMENTS.source },
    {
      text: 'No resets on internal HA ports with a network virtual appliance in the path.',
      source: TCP_RESET_PAGE,
    },
    { text: 'Rules for UDP have no such timer.', source: TCP_RESET_PAGE },
    { text: 'A failed probe resets no established flow.', source: PROBE_PAGE },
  ],
};
