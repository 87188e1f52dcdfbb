import { elbv2Devices, isElbv2 } from '../aws/elbv2.js';
import type { Importer } from '../importer.js';

/** Network, Application and Gateway Load Balancers. */
export const awsElbv2: Importer = {
  id: 'aws-elbv2',
  understands: [
    'aws elbv2 describe-load-balancers, describe-listeners, describe-load-balancer-attributes, describe-listener-attributes, describe-target-group-attributes',
  ],
  recognises: isElbv2,
  build: async (documents) => ({ devices: await elbv2Devices(documents) }),
};
