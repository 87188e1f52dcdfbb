import type { ConnState } from './model.js';

/** A connection whose end Zeek puts down to another side than the tool does: what each says, and why. */
export interface ZeekDifference {
  readonly file: string;
  /** Zeek's originator and responder, `address port`. */
  readonly connection: `${string} > ${string}`;
  /** What shows it, in the order of the packets. */
  readonly frames: string;
  readonly zeek: ConnState;
  /** Who the tool says reset first: `address port`, or a box in between. */
  readonly ours: string;
  readonly why: string;
}

const RESPONDER_FIRST =
  'both ends sent RSTs; Zeek asks for the responder first and so calls it RSTR whoever began, the tool names whoever began';

const COPIED =
  'an evasion test, in which whoever has the address of port 80 makes each packet out of the one that it answers, and goes on after its own RST; up to the RST that is how a box on the path forges one (confidence 0.75), and only what comes later shows that the responder itself numbers its packets so';

/** Every connection in which the tool and Zeek disagree. */
export const ZEEK_DIFFERENCES: readonly ZeekDifference[] = [
  {
    file: 'ndpi__roblox.pcapng',
    connection: '192.168.12.156 39034 > 128.116.122.4 443',
    frames:
      '38: FIN of the responder; 43, 44: the originator sends 24 bytes and aborts (RST+ACK, seq 4189879215) 6 ms later; 45: bare RST of the responder, 23 ms after 44, numbered as 43 acknowledges: its answer to 43; 46, 47: bare RSTs of the originator',
    zeek: 'RSTR',
    ours: '192.168.12.156 39034',
    why: RESPONDER_FIRST,
  },
  {
    file: 'ndpi__zoom.pcap',
    connection: '192.168.1.117 54867 > 213.19.144.105 443',
    frames:
      '249: FIN of the originator; 258: 426 bytes for it; 259: its bare RST 0.1 ms later, seq 2698928795 as 258 acknowledges; 272, 273: once more; 274, 278: RSTs of the responder, 26 ms after the first',
    zeek: 'RSTR',
    ours: '192.168.1.117 54867',
    why: RESPONDER_FIRST,
  },
  {
    file: 'ndpi__zoom.pcap',
    connection: '192.168.1.117 54868 > 213.19.144.104 443',
    frames:
      '246: FIN of the originator; 263: 418 bytes for it; 265: its bare RST 0.1 ms later, seq 196906793 as 263 acknowledges; 275, 276: once more; 277, 279: RSTs of the responder, 21 ms after the first',
    zeek: 'RSTR',
    ours: '192.168.1.117 54868',
    why: RESPONDER_FIRST,
  },
  {
    file: 'sv__bug-3286-02-linux-evasion__with_evasion_linux.pcap',
    connection: '192.168.1.43 35532 > 192.168.1.90 80',
    frames:
      '1: SYN with IP ID 58846 and window 64240; 2: RST+ACK with 100 bytes and 3: FIN+ACK with 100 bytes, both with that IP ID and that window; 4: bare RST of the originator; 5: SYN-ACK, once more with that IP ID and that window; 6-10: the connection goes on, 8 and 9 with the IP ID of 7',
    zeek: 'RSTR',
    ours: 'middlebox',
    why: COPIED,
  },
  {
    file: 'sv__bug-3286-03-windows-evasion__with_evasion_windows.pcap',
    connection: '192.168.1.27 58432 > 192.168.1.90 80',
    frames:
      '1: SYN with IP ID 32523 and window 8192; 2: RST+ACK with 100 bytes and 3: FIN+ACK with 100 bytes, both with that IP ID and that window; 4: SYN-ACK, once more with that IP ID and that window; 5-9: the connection goes on, 7 and 8 with the IP ID of 6',
    zeek: 'REJ',
    ours: 'middlebox',
    why: COPIED,
  },
  {
    file: 'sv__tcp-split-handshake-01-4whs__split-handshake-4whs.pcap',
    connection: '2.2.2.2 80 > 1.1.1.1 12345',
    frames:
      '1: SYN of 1.1.1.1; 2: SYN of 2.2.2.2, with which Zeek starts the connection anew and takes 2.2.2.2 for its originator; 3: SYN-ACK of 1.1.1.1; 7: RST of 1.1.1.1',
    zeek: 'RSTR',
    ours: '1.1.1.1 12345',
    why: 'the same host is named: for Zeek it is the responder, for the tool the client, as it sent the first SYN',
  },
];

/** Connections whose entry in a log of Zeek's own tests the model does not give, and what that test did to it. */
export const OTHER_RULES: Readonly<Record<string, string>> = {
  'zeek__http__zeek-image-post-1080-8000-x.pcap 127.0.0.1 1080':
    'read with the HTTP scripts alone, so that port 1080 was no server port to Zeek and the SYN-ACK turned the roles',
  'zeek__smtp.pcap 10.10.1.4 1470':
    'the test has its script drop the packets of this connection after the handshake',
  'zeek__vntag_vlan_sandwich_clean.pcap 10.10.10.1 443':
    'tshark finds no TCP in it (VN-Tag between VLAN tags)',
};
