import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { AgeBar } from "@/components/age-bar";
import { Badge } from "@/components/badge";
import { Count } from "@/components/count";
import type { Column } from "@/components/table";

/** The two columns that every table of registries has. */
export function useAgeAndNumbers(): [Column<RegistryOverview>, Column<RegistryOverview>] {
  const t = useTranslations("registries");
  return [
    {
      key: "age",
      head: t("age"),
      narrow: "full",
      cell: ({ ageDays, limitDays }) =>
        ageDays === null ? (
          <Badge status="stale" />
        ) : (
          <AgeBar ageDays={ageDays} limitDays={limitDays} />
        ),
    },
    {
      key: "numbers",
      head: t("numbers"),
      isFigure: true,
      narrow: t("narrowNumbers"),
      cell: ({ answers, listed }) =>
        answers === null ? (
          <Count value={listed} />
        ) : (
          t("answered", { listed: answers.answered - answers.free, answered: answers.answered })
        ),
    },
  ];
}
