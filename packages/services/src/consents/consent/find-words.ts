import type { DisclosureShown } from "@ringfence/core/consents/consent";
import type { DisclosureTerms } from "@ringfence/core/consents/disclosure";
import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";
import { disclosureName, findDisclosures } from "../disclosure/find-disclosures.ts";
import type { DisclosureRef } from "../disclosure/disclosure-ref.ts";
import { storeDisclosures } from "../disclosure/store-disclosures.ts";

/** Words that were shown: null where older records have lost them, with terms where they are published. */
export type FoundWords = { disclosure: DisclosureRef | null; terms: DisclosureTerms | null };

/** The words of each, in their order; null for a disclosure that is named and is not there. */
export const findWords = async (
  ctx: TransactionContext,
  shown: readonly (DisclosureShown | undefined)[],
): Promise<(FoundWords | null)[]> => {
  const told = shown.filter((it) => it !== undefined);
  const known = await findDisclosures(
    ctx,
    told.filter((it) => "id" in it),
  );
  const words = told.filter((it) => "text" in it);
  const mended = words.map(({ text, language }) => ({ text: mendText(text), language }));
  const stored = await storeDisclosures(ctx, mended);
  const refs = new Map(words.map((it, index) => [it, stored[index] ?? null]));
  return shown.map((it) => {
    if (it === undefined) return { disclosure: null, terms: null };
    if ("text" in it) return { disclosure: refs.get(it) ?? null, terms: null };
    const terms = known.get(disclosureName(it));
    return terms === undefined ? null : { disclosure: it, terms };
  });
};
