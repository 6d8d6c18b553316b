import { canonicalJson } from "./canonical-json.ts";
import type { Rule } from "./rule.ts";
import type { RuleBook } from "./rule-book.ts";

export type FieldChange = { field: string; before: unknown; after: unknown };

export type RuleBookChanges = {
  added: readonly Rule[];
  removed: readonly Rule[];
  changed: readonly { rule: Rule; fields: readonly FieldChange[] }[];
};

/** Compares two rule books, rule by rule: which came, which went, and which fields of others changed. */
export function compareRuleBooks(
  before: Pick<RuleBook, "rules">,
  after: Pick<RuleBook, "rules">,
): RuleBookChanges {
  const [old, fresh] = [byId(before.rules), byId(after.rules)];
  return {
    added: after.rules.filter(({ id }) => !old.has(id)),
    removed: before.rules.filter(({ id }) => !fresh.has(id)),
    changed: after.rules.flatMap((rule) => {
      const was = old.get(rule.id);
      const fields = was === undefined ? [] : changedFields(was, rule);
      return fields.length === 0 ? [] : { rule, fields };
    }),
  };
}

const byId = (rules: readonly Rule[]) => new Map(rules.map((rule) => [rule.id, rule]));

function changedFields(before: Rule, after: Rule): FieldChange[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return canonicalJson(change.before) === canonicalJson(change.after) ? [] : change;
  });
}

/** The fields of a rule; those of its value and its conditions one by one: `value.max`, `when.dialer`. */
const fieldsOf = ({ value, when, ...rest }: Rule): Map<string, unknown> =>
  new Map([
    ...Object.entries(rest),
    ...Object.entries(value).map(([field, part]) => [`value.${field}`, part] as const),
    ...Object.entries(when).map(([field, part]) => [`when.${field}`, part] as const),
  ]);
