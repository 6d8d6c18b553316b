import type { ProcessedCategory } from "@ringfence/core/desk/processing-record";
import { getTranslations } from "next-intl/server";

/** Says how long a category of data is kept. */
export type DescribeTerms = (category: ProcessedCategory) => string;

/** Loads the words that say how long a category of data is kept, in each country that has a term of its own. */
export async function loadDescribeTerms(): Promise<DescribeTerms> {
  const t = await getTranslations("processing");
  return ({ category, terms }) =>
    terms === null
      ? t("withoutTerm", { category: category.replaceAll("-", "_") })
      : terms
          .map(({ days, place }) => t("term", { days: days ?? 0, place: place || "none" }))
          .join("; ");
}
