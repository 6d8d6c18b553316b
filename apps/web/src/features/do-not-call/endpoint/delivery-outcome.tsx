import type { DeliveryOutcome as Outcome } from "@ringfence/services/do-not-call/endpoint";
import { useTranslations } from "next-intl";

/** What the other side answered, or why there was no answer, in words. */
export function DeliveryOutcome({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("deliveries.outcomes");
  if ("status" in outcome) return t("answered", { status: String(outcome.status) });
  if (outcome.fault === "not-encrypted") return t("notEncrypted");
  if (outcome.fault === "private-host") return t("privateHost");
  if (outcome.fault === "timeout") return t("timeout");
  const [word, ...key] = outcome.fault.split(" ");
  if (word === "host-key") return t("hostKey", { key: key.join(" ") });
  if (outcome.fault === "sign-in") return t("signIn");
  if (outcome.fault === "no-folder") return t("noFolder");
  if (outcome.fault === "no-permission") return t("noPermission");
  return t("fault", { fault: outcome.fault });
}
