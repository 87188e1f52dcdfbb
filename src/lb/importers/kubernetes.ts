import type { Importer } from '../importer.js';
import { resourcesOf } from '../kubernetes/resource.js';

/** Services and Ingresses with their provider's annotations, and the configuration of kube-proxy and Cilium. */
export const kubernetes: Importer = {
  id: 'kubernetes',
  understands: [
    'Kubernetes Service, Ingress, KubeProxyConfiguration and the ConfigMaps of Cilium and ingress-nginx (YAML or JSON)',
  ],
  recognises: (document) => resourcesOf(document).length > 0,
  build: async (documents) => {
    const { kubernetesDevices } = await import('../kubernetes/devices.js');
    return { devices: await kubernetesDevices(documents) };
  },
};
