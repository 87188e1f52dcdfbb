import { looksStructured } from '../document.js';
import { haproxyDevices } from '../haproxy/devices.js';
import type { Importer } from '../importer.js';

const SECTION = /^\s*(?:global|defaults|frontend|backend|listen)\b[^:{;=]*$/m;
const SETTING = /^\s*(?:timeout\s+[\w-]+\s+\d|bind\s+\S|mode\s+(?:tcp|http)|server\s+\S+\s+\S+)/m;

/** haproxy.cfg. */
export const haproxyCfg: Importer = {
  id: 'haproxy',
  understands: ['haproxy.cfg'],
  isText: (text) =>
    !looksStructured(text) && SECTION.test(text) && SETTING.test(text) && !/;\s*$/m.test(text),
  recognises: ({ value, text }) => value === null && (haproxyCfg.isText?.(text) ?? false),
  build: async (documents) => ({ devices: documents.flatMap(haproxyDevices) }),
};
