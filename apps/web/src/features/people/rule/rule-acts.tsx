import type { RuleListed } from "@ringfence/services/people/jurisdiction";
import { useTranslations } from "next-intl";
import { useTime } from "./use-time";

/** Whether a rule refuses, warns or is shown, and who decided so. */
export function RuleActs({ listed: { rule, eased } }: { listed: RuleListed }) {
  const t = useTranslations("rules");
  const time = useTime();
  if (rule.status === "bill_unverified") return t("bill");
  if (eased) {
    const values = { at: time(eased.at), reason: eased.reason };
    return (
      <span className="block max-w-[16rem]">
        {eased.by ? t("easedBy", { ...values, name: eased.by }) : t("eased", values)}
      </span>
    );
  }
  if (rule.effect === "warn") return t("warns");
  return rule.effect === "info" ? t("shows") : t("refuses");
}
