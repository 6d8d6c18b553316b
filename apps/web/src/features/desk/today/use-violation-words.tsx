import type { Need } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

/** How many violations are open, how bad, and until when the first is to be settled, in words. */
export function useViolationWords() {
  const t = useTranslations("need");
  return ({ count, grave, overdue, due }: Need & { kind: "violations-open" }) => ({
    title: t("violationsOpen", { count }),
    body: t("violationsBody", { grave, overdue }),
    due: t.rich("violationsDue", { time: () => <LocalTime instant={due} /> }),
  });
}
