/** What carried a segment's IP packet inside another one. Numbers are kept in one byte of the flow log. */
export const TUNNEL_NONE = 0;
export const TUNNEL_GRE = 1;
export const TUNNEL_ERSPAN = 2;
export const TUNNEL_IP_IN_IP = 3;
export const TUNNEL_VXLAN = 4;
export const TUNNEL_VXLAN_GPE = 5;
export const TUNNEL_GENEVE = 6;
export const TUNNEL_GUE = 7;
export const TUNNEL_FOU = 8;
export const TUNNEL_GTP_U = 9;
export const TUNNEL_L2TP = 10;
export const TUNNEL_TEREDO = 11;
export const TUNNEL_CAPWAP = 12;
export const TUNNEL_MPLS = 13;
export const TUNNEL_TZSP = 14;
export const TUNNEL_AYIYA = 15;
export const TUNNEL_ETHER_IP = 16;
export const TUNNEL_LISP = 17;

const NAMES: readonly string[] = [
  '',
  'GRE',
  'ERSPAN',
  'IP-in-IP',
  'VXLAN',
  'VXLAN-GPE',
  'Geneve',
  'GUE',
  'FOU',
  'GTP-U',
  'L2TP',
  'Teredo',
  'CAPWAP',
  'MPLS',
  'TZSP',
  'AYIYA',
  'EtherIP',
  'LISP',
];

/** The name of a tunnel for reports; null for none. */
export function tunnelName(tunnel: number): string | null {
  return NAMES[tunnel] || null;
}
