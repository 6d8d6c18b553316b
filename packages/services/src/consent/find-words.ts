import type { DisclosureShown } from "@ringfence/core/consent";
import { mendText } from "@ringfence/core/text";
import type { TransactionContext } from "../context.ts";
import { disclosureName, findDisclosures } from "../disclosure/find-disclosures.ts";
import type { DisclosureRef } from "../disclosure/disclosure-ref.ts";
import { storeDisclosures } from "../disclosure/store-disclosures.ts";

/** The disclosures that were shown, in their order: null for one that is named and is not there. */
export const findWords = async (
  ctx: TransactionContext,
  shown: readonly DisclosureShown[],
): Promise<(DisclosureRef | null)[]> => {
  const known = await findDisclosures(
    ctx,
    shown.filter((it) => "id" in it),
  );
  const words = shown.filter((it) => "text" in it);
  const mended = words.map(({ text, language }) => ({ text: mendText(text), language }));
  const stored = await storeDisclosures(ctx, mended);
  const refs = new Map(words.map((it, index) => [it, stored[index]]));
  return shown.map((it) => {
    if ("text" in it) return refs.get(it) ?? null;
    return known.has(disclosureName(it)) ? it : null;
  });
};
