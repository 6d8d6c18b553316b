import { OptOutChannel, type ScopeView } from "@ringfence/core/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import type { DeliveryReach } from "@ringfence/services/do-not-call/opt-out";
import { useDurationFormat } from "@/components/numbers";

/** Name of the channel of an opt-out. */
export function ChannelWord({ channel }: { channel: string }) {
  const t = useTranslations("optOuts.channels");
  const known = OptOutChannel.safeParse(channel);
  return known.success ? t(known.data) : channel;
}

/** Tells how many of the endpoints that it was sent to have received an opt-out, and how soon. */
export function ReachWords({ reach }: { reach: DeliveryReach | null }) {
  const t = useTranslations("optOuts");
  const span = useDurationFormat();
  if (reach === null) return <span className="text-muted">{t("reachNone")}</span>;
  const { received, sentTo, tookMs } = reach;
  if (tookMs === null) return t("reachWaits", { of: sentTo });
  return t("reachHeard", { heard: String(received), of: sentTo, took: span(tookMs) });
}

export type Choice = { key: string; name: string };
export type ScopeNames = { sellers: readonly Choice[]; purposes: readonly Choice[] };

const findName = (choices: readonly Choice[], key: string) =>
  choices.find((choice) => choice.key === key)?.name ?? key;

/** Describes the scope of an opt-out in words. */
export function ScopeWords({ scope, names }: { scope: ScopeView; names: ScopeNames }) {
  const t = useTranslations("optOuts.scope");
  if ("seller" in scope && scope.seller)
    return t("seller", { name: findName(names.sellers, scope.seller) });
  if ("purpose" in scope && scope.purpose) {
    return t("purpose", { name: findName(names.purposes, scope.purpose) });
  }
  return t("profiling" in scope ? "profiling" : "all");
}
