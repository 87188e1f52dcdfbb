import { looksStructured } from '../document.js';
import { haproxyDevices } from '../haproxy/devices.js';
import type { Importer } from '../importer.js';

const SECTION = /^[ \t]*(?:global|defaults|frontend|backend|listen)\b[^:{;=\n]*$/m;
const SETTING =
  /^[ \t]*(?:timeout[ \t]+[\w-]+[ \t]+\d|bind[ \t]+\S|mode[ \t]+(?:tcp|http)|server[ \t]+\S+[ \t]+\S+)/m;

/** haproxy.cfg. */
export const haproxyCfg: Importer = {
  id: 'haproxy',
  understands: ['haproxy.cfg'],
  isText: (text) =>
    !looksStructured(text) && SECTION.test(text) && SETTING.test(text) && !/;[ \t]*$/m.test(text),
  recognises: ({ value, text }) => value === null && (haproxyCfg.isText?.(text) ?? false),
  build: async (documents) => ({ devices: documents.flatMap(haproxyDevices) }),
};
