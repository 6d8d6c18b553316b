import type { Today } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "@/components/banner";
import { findDelivery } from "@/server/delivery";

/** Sums up what needs attention, and what it already stops. */
export function Lead({ today: { needs, refusals, registries } }: { today: Today }) {
  const t = useTranslations("today");
  const rich = { b: (text: ReactNode) => <b>{text}</b> };
  const unchecked = refusals.reasons.find(({ reason }) => reason === "registry-unchecked");
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {needs.length > 0
        ? t.rich("lead", { ...rich, count: needs.length })
        : t.rich(chooseCalmText(registries), rich)}{" "}
      {unchecked && t("leadUnchecked", { count: unchecked.count })}
    </p>
  );
}

function chooseCalmText(registries: Today["registries"]) {
  if (registries === null) return "calmShort";
  return registries.length > 0 ? "calm" : "calmNoRegistry";
}

/** Says which messages cannot go out from here, and what does not work without them. */
export function UnsetDelivery() {
  const t = useTranslations("today.unset");
  const { sms, email } = findDelivery();
  if (sms && email) return null;
  return (
    <div className="pt-3">
      <Banner tone="care" title={t("title")}>
        <ul className="list-disc pl-4">
          {!sms && <li>{t("sms")}</li>}
          {!email && <li>{t("email")}</li>}
        </ul>
      </Banner>
    </div>
  );
}
