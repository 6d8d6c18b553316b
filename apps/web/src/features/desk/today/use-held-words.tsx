import type { Need } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

/** Of a campaign that paused itself: how many refused, and since when it waits, in words. */
export function useHeldWords() {
  const t = useTranslations("need");
  return ({ name, refused, reached, since }: Need & { kind: "campaign-held" }) => ({
    title: t("campaignHeld", { name }),
    body: t("campaignHeldBody", { refused, reached }),
    due: t.rich("campaignHeldDue", { time: () => <LocalTime instant={since} /> }),
  });
}
