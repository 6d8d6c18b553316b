import type { MonthCalls } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import type { Fact } from "@/components/facts";
import { Share } from "@/components/share";

/** Calls of 30 days after a refusal, and those that passed the gate by; nothing where they are not told. */
export function useMonthFacts(month: MonthCalls | null): Fact[] {
  const t = useTranslations("today.month");
  if (month === null || month.calls === 0) return [];
  const { calls, bypassed, afterRefusal } = month;
  return [
    {
      name: t("afterRefusal"),
      value: (
        <b className={afterRefusal > 0 ? "text-refuse" : undefined}>
          {t("calls", { count: afterRefusal })}
        </b>
      ),
      notes: [t("of", { count: calls })],
    },
    {
      name: t("bypassed"),
      value: <Share count={bypassed} of={calls} />,
      notes: [t("bypassedNote")],
    },
  ];
}
