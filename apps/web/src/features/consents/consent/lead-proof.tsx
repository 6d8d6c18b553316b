import type { ConsentSeen } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";

type Lead = NonNullable<ConsentSeen["events"][number]["lead"]>;

/** Who collected a consent that was bought, and what a third party keeps of it, and for how long. */
export function LeadProof({ lead: { leadSeller, trustedForm, leadId, retained } }: { lead: Lead }) {
  const t = useTranslations("consent");
  const isCertified = trustedForm !== undefined || leadId !== undefined;
  return (
    <ul className="grid gap-0.5 text-sm wrap-anywhere">
      {leadSeller && <li>{t("leadSeller", { name: leadSeller })}</li>}
      {trustedForm && (
        <li>
          <a href={trustedForm} rel="noreferrer">
            {t("trustedForm")}
          </a>
        </li>
      )}
      {leadId && <li>{t("leadId", { id: leadId })}</li>}
      {retained && <li>{t("retained", { reference: retained })}</li>}
      {isCertified && !retained && <li className="text-muted">{t("unclaimed")}</li>}
    </ul>
  );
}
