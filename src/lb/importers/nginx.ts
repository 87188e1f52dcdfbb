import { looksStructured } from '../document.js';
import type { Importer } from '../importer.js';
import { nginxDevices } from '../nginx/devices.js';

const BLOCK = /^[ \t]*(?:http|stream|server|upstream[ \t]+\S+)\s*\{/m;

/** nginx.conf, or a file that it includes. */
export const nginxConf: Importer = {
  id: 'nginx',
  understands: ['nginx.conf'],
  isText: (text) => !looksStructured(text) && BLOCK.test(text) && /;[ \t]*(?:#.*)?$|;\s*\}/m.test(text),
  recognises: ({ value, text }) => value === null && (nginxConf.isText?.(text) ?? false),
  build: async (documents) => ({ devices: documents.flatMap(nginxDevices) }),
};
