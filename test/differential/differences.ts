/** Why a capture of the corpus is read otherwise than tshark reads it. */
const NOT_READ_LINK_TYPE = 'its link type is not read yet (the report warns of it)';
const TUNNEL = 'a tunnel that is not followed yet';
const LAYER = 'a layer between Ethernet and IP that is not passed yet (MPLS, PPPoE, LLC, 802.1ah, VN-Tag)';
const TSHARK_REFUSES = 'tshark refuses the file or stops earlier; it is read as far as it goes';
const DAMAGED_HEADER =
  'TCP headers whose own length cannot be: tshark counts them, here they are damage that the report warns of';

/** Every capture of the corpus that is read otherwise, with the reason. Nothing else may differ. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'arkime__smtp-html.pcap': NOT_READ_LINK_TYPE,
  'arkime__ssl-selfsign.pcap': NOT_READ_LINK_TYPE,
  'ndpi__nats.pcap': NOT_READ_LINK_TYPE,
  'pcpp__CiscoHDLC.pcap': NOT_READ_LINK_TYPE,
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__c~z-testcase-minimized-FuzzTarget-4829420752470016.cap':
    NOT_READ_LINK_TYPE,
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__c~z-testcase-minimized-FuzzTarget-5755755617189888.cap':
    NOT_READ_LINK_TYPE,
  'sv__defrag__bug-6887-defrag-ppp-ipv4-tcp-syn__frag-ppp-ip-tcp-syn.pcap': NOT_READ_LINK_TYPE,
  'sv__tls-duplicate-hello__input.pcap': NOT_READ_LINK_TYPE,
  'tcpdump__arcnet-rfc1051-arp-icmp-http.pcap': NOT_READ_LINK_TYPE,
  'tcpdump__bgp_vpn_attrset.pcap': NOT_READ_LINK_TYPE,
  'tcpdump__tcp_rst_diag_payload.pcap': NOT_READ_LINK_TYPE,
  'tcpreplay__test2.rewrite_dlthdlc.cap': NOT_READ_LINK_TYPE,
  'tcpreplay__test2.rewrite_dltuser.cap': NOT_READ_LINK_TYPE,
  'zeek__dns-inverse-query.pcap': NOT_READ_LINK_TYPE,
  'zeek__irc-353.pcap': NOT_READ_LINK_TYPE,
  'zeek__nflog-http.pcap': NOT_READ_LINK_TYPE,
  'zeek__redis__almost-resp.pcap': NOT_READ_LINK_TYPE,
  'zeek__redis__attr.pcap': NOT_READ_LINK_TYPE,
  'arkime__gre-erspan-vxlan.pcap': TUNNEL,
  'libpcap__filter__AH-IPcomp-IPv6.pcap': TUNNEL,
  'ndpi__4in6tunnel.pcap': TUNNEL,
  'ndpi__ja3_lots_of_cipher_suites_2_anon.pcap': TUNNEL,
  'sv__bug-4571-01__ipv4_over_ipv4.pcap': TUNNEL,
  'sv__bug-4571-04__ipv6_over_ipv4.pcap': TUNNEL,
  'sv__vxlan-non-zero-reserved-fields__input.pcap': TUNNEL,
  'tcpdump__gso-ipv4-geneve-ipv6.pcap': TUNNEL,
  'tcpdump__gso-ipv4-vxlan-ipv4.pcap': TUNNEL,
  'tcpdump__gso-ipv4-vxlan-ipv6.pcap': TUNNEL,
  'tcpdump__gso-ipv6-geneve-ipv4.pcap': TUNNEL,
  'trex-vlan_gtpu__tcp2_http_vlan_gtpu_c.pcap': TUNNEL,
  'trex-vlan_gtpu__tcp2_http_vlan_gtpu_s.pcap': TUNNEL,
  'zeek__tunnels__ayiya3.pcap': TUNNEL,
  'zeek__tunnels__geneve-47101.pcap': TUNNEL,
  'zeek__tunnels__geneve-many-options.pcap': TUNNEL,
  'zeek__tunnels__gre-aruba.pcap': TUNNEL,
  'zeek__tunnels__gre-sample.pcap': TUNNEL,
  'zeek__tunnels__gtp__gtp1_gn_normal_incl_fragmentation.pcap': TUNNEL,
  'zeek__tunnels__gtp__gtp2_different_udp_port.pcap': TUNNEL,
  'zeek__tunnels__gtp__gtp6_gtp_0x32.pcap': TUNNEL,
  'arkime__mpls-basic.pcap': LAYER,
  'pcpp__one_http_stream_rst.pcap': LAYER,
  'sv__bug-4810__pppoe-session-http.pcap': LAYER,
  'zeek__mixed-vlan-mpls.pcap': LAYER,
  'zeek__mpls-in-vlan.pcap': LAYER,
  'zeek__pbb.pcap': LAYER,
  'zeek__snap-tcp.pcap': LAYER,
  'zeek__vntag_vlan_sandwich_clean.pcap': LAYER,
  'libpcap__filter__brcm-tag.pcap': TSHARK_REFUSES,
  'libpcap__pcap-invalid-version-1.pcap': TSHARK_REFUSES,
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__crash-exception-cast-constructed-record.cap':
    TSHARK_REFUSES,
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__c~z-testcase-minimized-FuzzTarget-5685520970809344.cap':
    TSHARK_REFUSES,
  'ndpi__fuzz-2006-09-29-28586.pcap': DAMAGED_HEADER,
  'sv__bug-76__input.pcap': DAMAGED_HEADER,
};
