import type { FactId } from '#src/evidence/fact.js';
import type { Rule } from '#src/verdict/rule.js';

type Table = Partial<Record<FactId, number>>;
type TunableRule = Omit<Rule, 'weights' | 'unless'> & { weights: Table; unless: Table };

/** One number of the rules' tables: the same entry of all rules of one subtype and of one value is one number. */
export interface Weight {
  readonly name: string;
  /** The rules that it stands in, and where it counts: for facts that hold, or for those that do not. */
  readonly entries: readonly { readonly rule: Rule; readonly id: FactId; readonly counts: boolean }[];
  value: number;
  set(value: number): void;
}

/** A copy of rules whose tables can be changed. */
export function tunable(rules: readonly Rule[]): TunableRule[] {
  return rules.map((rule) => ({ ...rule, weights: { ...rule.weights }, unless: { ...rule.unless } }));
}

/** Every number in the tables. What the rules of both ends share is one number, as it is in their files. */
export function weightsOf(rules: readonly TunableRule[]): Weight[] {
  const groups = new Map<
    string,
    { entries: { rule: Rule; table: Table; id: FactId; counts: boolean }[]; value: number }
  >();
  for (const rule of rules) {
    for (const part of ['weights', 'unless'] as const) {
      for (const [id, value] of Object.entries(rule[part]) as [FactId, number][]) {
        const name = `${rule.subtype} ${part} ${withoutEnds(id)} = ${value}`;
        const group = groups.get(name) ?? { entries: [], value };
        groups.set(name, group);
        group.entries.push({ rule, table: rule[part], id, counts: part === 'weights' });
      }
    }
  }
  return [...groups].map(([name, { entries, value }]) => ({
    name,
    value,
    entries,
    set(to: number) {
      this.value = to;
      for (const { table, id } of entries) table[id] = to;
    },
  }));
}

/** The same entry has another name in the rule of the other end. */
function withoutEnds(id: FactId): string {
  return id.replace(/client-side|server-side/, 'end-side').replace(/^(client|backend)-reset/, 'end-reset');
}
