import type { Importer } from '../importer.js';
import { nginxDevices } from '../nginx/devices.js';

const BLOCK = /^\s*(?:http|stream|server|upstream\s+\S+)\s*\{/m;

/** nginx.conf, or a file that it includes. */
export const nginxConf: Importer = {
  id: 'nginx',
  understands: ['nginx.conf'],
  isText: (text) => BLOCK.test(text) && /;\s*(?:#.*)?$|;\s*\}/m.test(text) && !/^\s*\{/.test(text),
  recognises: ({ value, text }) => value === null && (nginxConf.isText?.(text) ?? false),
  build: async (documents) => ({ devices: documents.flatMap(nginxDevices) }),
};
