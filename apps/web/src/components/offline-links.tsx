import { useTranslations } from "next-intl";
import { ButtonLink } from "./buttons";

type OfflineLinksProps = {
  /** A phone on record, or typed text, sealed. */
  subject: { phoneId: string } | { asked: string } | null;
  /** True if there is a consent that could be withdrawn. */
  hasConsents: boolean;
};

/** Links to record what a person said in a call or wrote on paper. */
export function OfflineLinks({ subject, hasConsents }: OfflineLinksProps) {
  const t = useTranslations("offlineLinks");
  const phoneId = subject && "phoneId" in subject ? subject.phoneId : null;
  const asked = subject && "asked" in subject ? subject.asked : null;
  const query = { ...(phoneId && { phone: phoneId }), ...(asked && { asked }) };
  return (
    <p className="screenonly flex flex-wrap gap-2 pt-3">
      <ButtonLink href={{ pathname: "/consents/record", query }} size="small" prefetch={false}>
        {t("record")}
      </ButtonLink>
      {hasConsents && phoneId && (
        <ButtonLink
          href={{ pathname: "/consents/withdraw", query: { phone: phoneId } }}
          size="small"
          prefetch={false}
        >
          {t("withdraw")}
        </ButtonLink>
      )}
    </p>
  );
}
