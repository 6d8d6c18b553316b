import type { DeliveryReach } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { useSpan } from "@/components/use-span";

/** Which dialers have heard of a refusal, and how soon. */
export function ReachWords({ reach }: { reach: DeliveryReach | null }) {
  const t = useTranslations("optOuts");
  const span = useSpan();
  if (reach === null) return <span className="text-muted">{t("reachNone")}</span>;
  const { heard, of, tookMs } = reach;
  if (tookMs === null) return t("reachWaits", { of });
  return t("reachHeard", { heard, of, took: span(tookMs) });
}
