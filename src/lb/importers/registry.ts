import type { Importer } from '../importer.js';
import { awsEc2 } from './aws-ec2.js';
import { awsElb } from './aws-elb.js';
import { awsElbv2 } from './aws-elbv2.js';
import { awsFirewall } from './aws-network-firewall.js';
import { azure } from './azure.js';
import { envoy } from './envoy.js';
import { gcloud } from './gcloud.js';
import { haproxyCfg } from './haproxy.js';
import { kubernetes } from './kubernetes.js';
import { linux } from './linux.js';
import { nginxConf } from './nginx.js';
import { policyFile } from './policy-file.js';
import { terraform } from './terraform.js';

/** Every importer, the more particular ones first; a further one is one more line. */
export const IMPORTERS: readonly Importer[] = [
  policyFile,
  terraform,
  kubernetes,
  azure,
  awsElbv2,
  awsElb,
  awsEc2,
  awsFirewall,
  gcloud,
  envoy,
  haproxyCfg,
  nginxConf,
  linux,
];
