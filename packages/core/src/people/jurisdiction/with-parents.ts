import type { JurisdictionId } from "./jurisdiction.ts";
import { ruleBook } from "./rule-book.ts";

/** The places, each followed by those that it lies in, each once. A state is stricter than its country. */
export function withParents(ids: readonly JurisdictionId[]): readonly JurisdictionId[] {
  return [...new Set(ids.flatMap(lineage))];
}

/** One place and those that it lies in, from the smallest. */
export function lineage(id: JurisdictionId): JurisdictionId[] {
  const parent = ruleBook.jurisdictions.get(id)?.parent ?? null;
  return parent === null ? [id] : [id, ...lineage(parent)];
}
