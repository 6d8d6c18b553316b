import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import { useTranslations } from "next-intl";

export type Choice = { key: string; name: string };
export type ScopeNames = { sellers: readonly Choice[]; purposes: readonly Choice[] };

const nameOf = (choices: readonly Choice[], key: string) =>
  choices.find((choice) => choice.key === key)?.name ?? key;

/** What a person refuses, in words. */
export function ScopeWords({ scope, names }: { scope: ScopeView; names: ScopeNames }) {
  const t = useTranslations("optOuts.scope");
  if ("seller" in scope && scope.seller)
    return t("seller", { name: nameOf(names.sellers, scope.seller) });
  if ("purpose" in scope && scope.purpose) {
    return t("purpose", { name: nameOf(names.purposes, scope.purpose) });
  }
  return t("profiling" in scope ? "profiling" : "all");
}
