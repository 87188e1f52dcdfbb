import { azureStandard } from './azure/product.js';
import type { ExpiryAction } from './model.js';
import type { Product } from './product.js';
import { aviFastPath, aviProxy } from './products/avi.js';
import { awsAlb } from './products/aws-alb.js';
import { awsClb } from './products/aws-clb.js';
import { awsGwlb } from './products/aws-gwlb.js';
import { awsNatGateway } from './products/aws-nat-gateway.js';
import { awsNetworkFirewall } from './products/aws-network-firewall.js';
import { awsNlb } from './products/aws-nlb.js';
import { awsNlbTls } from './products/aws-nlb-tls.js';
import { awsSecurityGroup } from './products/aws-security-group.js';
import { azureAks } from './products/azure-aks.js';
import { azureApplicationGateway } from './products/azure-application-gateway.js';
import { azureBasic } from './products/azure-basic.js';
import { azureFirewall } from './products/azure-firewall.js';
import { azureInstanceIp } from './products/azure-instance-ip.js';
import { azureNatGateway } from './products/azure-nat-gateway.js';
import { cilium } from './products/cilium.js';
import { envoyHttp, envoyTcp } from './products/envoy.js';
import { f5FastL4, f5Standard } from './products/f5.js';
import { gcpApplication, gcpApplicationRegional } from './products/gcp-application.js';
import { gcpCloudNat } from './products/gcp-cloud-nat.js';
import { gcpExternalPassthrough, gcpInternalPassthrough } from './products/gcp-passthrough.js';
import { gcpProxy } from './products/gcp-proxy.js';
import { gcpVpcFirewall } from './products/gcp-vpc-firewall.js';
import { haproxy } from './products/haproxy.js';
import { glbDirector, katran, maglev } from './products/hashing.js';
import { huaweiElb } from './products/huawei-elb.js';
import { ipvs } from './products/ipvs.js';
import { netscaler } from './products/netscaler.js';
import { kubeProxy, nfConntrack } from './products/nf-conntrack.js';
import { nginxHttp } from './products/nginx-http.js';
import { nginxStream } from './products/nginx-stream.js';
import { ociLb } from './products/oci-lb.js';
import { traefikHttp, traefikTcp } from './products/traefik.js';

/** Every product that the tool knows; a further one is one more line. */
export const PRODUCTS: readonly Product[] = [
  azureStandard,
  azureBasic,
  azureNatGateway,
  azureInstanceIp,
  azureAks,
  azureFirewall,
  azureApplicationGateway,
  awsNlb,
  awsNlbTls,
  awsAlb,
  awsClb,
  awsGwlb,
  awsNatGateway,
  awsSecurityGroup,
  awsNetworkFirewall,
  gcpExternalPassthrough,
  gcpInternalPassthrough,
  gcpProxy,
  gcpApplication,
  gcpApplicationRegional,
  gcpVpcFirewall,
  gcpCloudNat,
  haproxy,
  nginxHttp,
  nginxStream,
  envoyTcp,
  envoyHttp,
  traefikHttp,
  traefikTcp,
  ipvs,
  nfConntrack,
  kubeProxy,
  cilium,
  katran,
  glbDirector,
  maglev,
  f5Standard,
  f5FastL4,
  netscaler,
  aviFastPath,
  aviProxy,
  ociLb,
  huaweiElb,
];

/** The product of a preset or of a policy file's device; undefined when there is none. */
export function productOf(id: string): Product | undefined {
  return PRODUCTS.find(({ model }) => model.id === id.toLowerCase());
}

/** Ids of all products, which are also the names of their presets. */
export function productIds(): string[] {
  return PRODUCTS.map(({ model }) => model.id);
}

/** How the end of an idle flow can show: at the timer, on the next packet, or not at all. */
export type WayOfEnding = 'at-timer' | 'on-next' | 'silent';

const WAYS: Readonly<Record<ExpiryAction, readonly WayOfEnding[]>> = {
  'silent-drop': ['silent'],
  'rst-both-at-timer': ['at-timer', 'on-next'],
  'rst-sender-on-next': ['on-next'],
  'rst-opener-on-next': ['on-next', 'silent'],
  'lose-affinity': ['silent', 'on-next'],
  'fin-both': ['at-timer'],
  'fin-client-rst-server': ['at-timer'],
  'rst-both-legs': ['at-timer'],
  close: ['at-timer'],
  unknown: ['at-timer', 'on-next', 'silent'],
};

/** Idle timeouts that nobody had to configure: what an observed timeout may be explained by, and how each would show. */
export function knownDefaults(): {
  readonly name: string;
  readonly seconds: number;
  readonly ways: readonly WayOfEnding[];
}[] {
  return PRODUCTS.flatMap(({ model }) => {
    const [idle] = model.timers;
    if (typeof idle.default !== 'number') return [];
    const off = (model.switches ?? []).flatMap(({ offAction }) => WAYS[offAction]);
    return [{ name: `${model.id} default`, seconds: idle.default, ways: [...WAYS[idle.onExpiry], ...off] }];
  });
}
