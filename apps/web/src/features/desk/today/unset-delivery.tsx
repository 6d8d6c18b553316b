import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { findDelivery } from "@/server/delivery";

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
