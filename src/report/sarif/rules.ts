import type { ReportingDescriptor } from 'sarif';
import type { Finding } from '../../result.js';
import { DROP_RULES } from '../../verdict/rules/drops.js';
import { RULES } from '../../verdict/rules/index.js';
import { contractName, verdictMeaning, verdictWords } from '../text/wording.js';

/** A descriptor for each verdict that occurs, with the help that the verdict's own rule gives. */
export function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const examples = new Map(findings.map((finding) => [contractName(finding), finding]));
  return [...examples].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, finding]) => descriptor(id, finding));
}

function descriptor(id: string, finding: Finding): ReportingDescriptor {
  const known = [...RULES, ...DROP_RULES].filter((rule) => contractName({ ...finding, ...rule }) === id);
  const what = known.length > 0 ? known.map(({ title }) => title).join('; or ') : verdictMeaning(finding);
  const advice = [...new Set(known.flatMap((rule) => rule.advice))];
  const help = [what, ...advice.map((text) => `- ${text}`)].join('\n');
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: verdictWords(finding) },
    fullDescription: { text: what },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['tcp', 'network'] },
  };
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|[-/])(\w)/g, (_, letter: string) => letter.toUpperCase());
}
