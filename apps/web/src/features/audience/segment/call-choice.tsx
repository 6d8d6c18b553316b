import { useTranslations } from "next-intl";
import { FilterChoice } from "@/components/filter-choice";

type Named = { key: string; name: string };
type CallChoiceProps = { sellers: readonly Named[]; purposes: readonly Named[] };

/** Chooses the seller and purpose that people are screened for. A single seller is not a choice. */
export function CallChoice({ sellers, purposes }: CallChoiceProps) {
  const t = useTranslations("waterfall");
  return (
    <span className="flex flex-wrap gap-2">
      {sellers.length > 1 && (
        <FilterChoice
          param="seller"
          label={t("seller")}
          any={t("usualSeller")}
          choices={toChoices(sellers)}
        />
      )}
      <FilterChoice
        param="purpose"
        label={t("purpose")}
        any={t("usualPurpose")}
        choices={toChoices(purposes)}
      />
    </span>
  );
}

const toChoices = (all: readonly Named[]) =>
  all.map(({ key, name }) => ({ value: key, label: name }));
