import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import { sameAddress } from '../addresses.js';
import type { ConfigDocument } from '../document.js';
import type { Device, FlowQuery } from '../model.js';
import { haproxy } from '../products/haproxy.js';
import { isProxySection, type Line, parseHaproxy, type Section } from './parse.js';
import { over, SAID_NOTHING, type Said, saidBy, settingsOf } from './settings.js';

const LARGEST_PORT = 65_535;

/** Where something listens, or is reached: an address or any, and a range of ports. */
interface Place {
  /** Null for any. */
  readonly host: string | null;
  readonly from: number;
  readonly to: number;
}

/**
 * One device for each frontend and the backend it hands flows to.
 * @throws InputError in one line with file, line and keyword
 */
export function haproxyDevices({ name: file, text }: ConfigDocument): Device[] {
  const sections = parseHaproxy(file, text).filter(isProxySection);
  const said = new Map(sections.map((section) => [section, saidBy(file, section)]));
  const whole = (section: Section) =>
    over(said.get(section) ?? SAID_NOTHING, defaultsOf(file, section, sections, said));
  const backends = sections.filter(({ kind }) => kind === 'backend');
  const problems = problemsOf(file, sections);
  const devices = sections
    .filter(({ kind }) => kind === 'frontend' || kind === 'listen')
    .flatMap((front) =>
      servedBy(file, front, backends).map((back) => {
        const name =
          back === front ? `${front.kind} ${front.name}` : `frontend ${front.name}, backend ${back.name}`;
        return haproxy.device({
          name,
          source: file,
          group: file,
          settings: settingsOf(whole(front), whole(back)),
          covers: coverage(binds(file, front), servers(file, back)),
        });
      }),
    );
  if (devices.length === 0)
    throw new InputError(`${file}: expected a frontend or listen section with a bind line, found none`);
  const [first, ...others] = devices;
  return [{ ...first, problems: [...problems, ...first.problems] }, ...others];
}

/** The last defaults section before a section, unless it names one (configuration manual, chapter 4). */
function defaultsOf(
  file: string,
  section: Section,
  sections: readonly Section[],
  said: ReadonlyMap<Section, Said>,
): Said {
  if (section.kind === 'defaults') return SAID_NOTHING;
  const before = sections.slice(0, sections.indexOf(section)).filter(({ kind }) => kind === 'defaults');
  const named = section.from === null ? before.at(-1) : sections.find((one) => isDefaults(one, section.from));
  if (named === undefined && section.from !== null) {
    const names = sections.filter(({ kind }) => kind === 'defaults').map(({ name }) => name);
    throw new InputError(
      `${file}:${section.number}: from ${section.from}: there is no such defaults section${didYouMean(section.from, names)}`,
    );
  }
  return named === undefined ? SAID_NOTHING : (said.get(named) ?? SAID_NOTHING);
}

function isDefaults({ kind, name }: Section, wanted: string | null): boolean {
  return kind === 'defaults' && name === wanted;
}

/** The backends that a frontend may choose; a listen section is its own. */
function servedBy(file: string, front: Section, backends: readonly Section[]): Section[] {
  if (front.kind === 'listen') return [front];
  const lines = front.lines.filter(
    ({ words }) => words[0] === 'default_backend' || words[0] === 'use_backend',
  );
  const chosen = lines.flatMap(({ words, number }) => {
    const name = words[1] ?? '';
    // A name that is computed for each request may be any of them.
    if (name.startsWith('%')) return [...backends];
    const found = backends.find((one) => one.name === name);
    if (found !== undefined) return [found];
    const hint = didYouMean(
      name,
      backends.map((one) => one.name),
    );
    throw new InputError(`${file}:${number}: ${words[0]} ${name}: there is no such backend${hint}`);
  });
  return [...new Set(chosen)];
}

function binds(file: string, { lines }: Section): Place[] {
  return lines
    .filter(({ words }) => words[0] === 'bind')
    .flatMap((line) => (line.words[1] ?? '').split(',').flatMap((text) => placeOf(file, line, text)));
}

function servers(file: string, { lines }: Section): Place[] {
  return lines
    .filter(({ words }) => words[0] === 'server' || words[0] === 'default-server')
    .flatMap((line) => (line.words[0] === 'server' ? placeOf(file, line, line.words[2] ?? '') : []));
}

/** `10.0.0.5:443`, `:443`, `*:8000-8010`, `[::]:443`, `ipv4@10.0.0.5:443`; sockets of Unix have no address. */
function placeOf(file: string, line: Line, text: string): Place[] {
  const bare = text.replace(/^(?:ipv4|ipv6|tcp|tcp4|tcp6)@/, '');
  if (/^(?:unix|abns|abnsz|fd|sockpair|quic4|quic6|udp)@|^\//.test(bare)) return [];
  const match = /^(.*?):(\d+)(?:-(\d+))?$/.exec(bare) ?? /^([^:]*)()()$/.exec(bare);
  const word = line.words[0];
  if (match === null || (match[2] === '' && word === 'bind'))
    throw new InputError(
      `${file}:${line.number}: ${word}: expected an address with a port such as 10.0.0.5:443 or :443, got ${text || 'nothing'}`,
    );
  const from = match[2] === '' ? 1 : Number(match[2]);
  const to = match[2] === '' ? LARGEST_PORT : Number(match[3] ?? match[2]);
  if (from < 1 || to > LARGEST_PORT || from > to)
    throw new InputError(
      `${file}:${line.number}: ${word}: expected a port from 1 to ${LARGEST_PORT}, got ${text}`,
    );
  const host = match[1].replace(/^\[|\]$/g, '');
  return [{ host: ['', '*', '0.0.0.0', '::'].includes(host) ? null : host, from, to }];
}

/** A flow is this device's where every end that was seen is one of its places. */
function coverage(front: readonly Place[], back: readonly Place[]) {
  return ({ frontend, backend }: FlowQuery) =>
    (frontend === null || front.some((place) => holds(place, frontend))) &&
    (backend === null || back.length === 0 || back.some((place) => holds(place, backend)));
}

/** Names that would have to be resolved are taken for a match: the port decides. */
function holds({ host, from, to }: Place, end: { readonly ip: string; readonly port: number }): boolean {
  if (end.port < from || end.port > to) return false;
  return host === null || !/^[\d.]+$|:/.test(host) || sameAddress(host, end.ip);
}

/** What was not read, and what haproxy itself warns of. */
function problemsOf(file: string, sections: readonly Section[]): string[] {
  const lines = sections.flatMap((section) => section.lines);
  const conditions = lines.filter(({ words }) => words[0].startsWith('.')).map(({ number }) => number);
  const variables = lines.filter(
    ({ words }) => words[0] === 'timeout' && words.some((word) => word.includes('$')),
  );
  return [
    ...(conditions.length === 0
      ? []
      : [`${file}:${conditions[0]}: conditional lines are read as if all held.`]),
    ...variables.map(({ number }) => `${file}:${number}: an environment variable is not known here.`),
  ];
}
