import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import document from "../../../data/jurisdictions.json" with { type: "json" };
import { canonicalJson } from "./canonical-json.ts";
import type { Rule } from "./rule.ts";
import type { RuleBook } from "./rule-book.ts";

/** SHA-256, in hex, of a rule set as its canonical JSON writes it. */
export const hashRuleSet = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

/** The rule set of this version in canonical JSON, as it is kept for later. */
export const serializeRuleSet = () => canonicalJson(document);

/** SHA-256, in hex, of the data file in canonical JSON: which rules judged. */
export const ruleSetHash = hashRuleSet(serializeRuleSet());

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
  const [old, fresh] = [indexById(before.rules), indexById(after.rules)];
  return {
    added: after.rules.filter(({ id }) => !old.has(id)),
    removed: before.rules.filter(({ id }) => !fresh.has(id)),
    changed: after.rules.flatMap((rule) => {
      const was = old.get(rule.id);
      const fields = was === undefined ? [] : compareFields(was, rule);
      return fields.length === 0 ? [] : { rule, fields };
    }),
  };
}

const indexById = (rules: readonly Rule[]) => new Map(rules.map((rule) => [rule.id, rule]));

function compareFields(before: Rule, after: Rule): FieldChange[] {
  const [old, fresh] = [flattenFields(before), flattenFields(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return canonicalJson(change.before) === canonicalJson(change.after) ? [] : change;
  });
}

/** The fields of a rule; those of its value and its conditions one by one: `value.max`, `when.dialer`. */
const flattenFields = ({ value, when, ...rest }: Rule): Map<string, unknown> =>
  new Map([
    ...Object.entries(rest),
    ...Object.entries(value).map(([field, part]) => [`value.${field}`, part] as const),
    ...Object.entries(when).map(([field, part]) => [`when.${field}`, part] as const),
  ]);
