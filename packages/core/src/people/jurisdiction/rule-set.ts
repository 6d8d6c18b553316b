import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./canonical-json.ts";
import { lawDocument } from "./law-document.ts";
import type { Rule } from "./rule.ts";
import type { RuleBook } from "./rule-book.ts";

/** Parts of a law document that `serializeRuleSet` needs. */
type LawDocument = {
  jurisdictions: readonly ({ rules: readonly object[] } & Record<string, unknown>)[];
};

/** Returns the SHA-256 (hex) of a text in canonical JSON: a rule set, one change of it, or a duty. */
export const hashRuleSet = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

/**
 * Returns the rule set of a document in canonical JSON, as it is stored: what can decide and what is cited.
 * Examples are left out, so that a better example is no new rule set.
 */
export const serializeRuleSet = (document: LawDocument = lawDocument) =>
  canonicalJson({
    ...document,
    jurisdictions: document.jurisdictions.map(({ rules, ...place }) => ({
      ...place,
      rules: rules.map((rule) =>
        Object.fromEntries(Object.entries(rule).filter(([field]) => field !== "examples")),
      ),
    })),
  });

/** SHA-256 (hex) of the rule set of this version. It says which rules judged a call. */
export const bundledRuleSetHash = hashRuleSet(serializeRuleSet());

export type FieldChange = { field: string; before: unknown; after: unknown };

export type RuleBookChanges = {
  added: readonly Rule[];
  removed: readonly Rule[];
  changed: readonly { rule: Rule; fields: readonly FieldChange[] }[];
};

/** Compares two rule books: rules added, rules removed, and changed fields of the others. */
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
      const fields =
        was === undefined ? [] : compareFields(flattenFields(was), flattenFields(rule));
      return fields.length === 0 ? [] : { rule, fields };
    }),
  };
}

const indexById = (rules: readonly Rule[]) => new Map(rules.map((rule) => [rule.id, rule]));

/** Lists the fields that differ. A field that one of the two lacks counts as null. */
export function compareFields(
  old: ReadonlyMap<string, unknown>,
  fresh: ReadonlyMap<string, unknown>,
): FieldChange[] {
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return canonicalJson(change.before) === canonicalJson(change.after) ? [] : change;
  });
}

/** Lists the fields of a rule. Those of its value and conditions get paths: `value.max`, `when.dialer`. */
const flattenFields = ({ value, when, ...rest }: Rule): Map<string, unknown> =>
  new Map([
    ...Object.entries(rest),
    ...Object.entries(value).map(([field, part]) => [`value.${field}`, part] as const),
    ...Object.entries(when).map(([field, part]) => [`when.${field}`, part] as const),
  ]);
