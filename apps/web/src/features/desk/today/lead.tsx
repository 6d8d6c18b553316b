import type { Today } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { findDelivery } from "@/server/delivery";

/** Sums up what needs attention, and what it already stops. */
export function Lead({ today: { needs, refusals } }: { today: Today }) {
  const t = useTranslations("today");
  const unchecked = refusals.reasons.find(({ reason }) => reason === "registry-unchecked");
  if (needs.length === 0) return null;
  const now = needs.filter(({ when }) => when === "now").length;
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {t.rich("lead", { b: (text) => <b>{text}</b>, count: needs.length, now })}{" "}
      {unchecked && t("leadUnchecked", { count: unchecked.count })}
    </p>
  );
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
