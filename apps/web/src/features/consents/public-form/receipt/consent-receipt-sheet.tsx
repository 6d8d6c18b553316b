import type { ConsentReceipt } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { PublicDownload } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { withdrawConsentByReceipt } from "./withdraw-by-receipt";

type ConsentReceiptSheetProps = { link: string; receipt: ConsentReceipt };

/** Shows each text that was agreed to, its downloads, and a button to withdraw. */
export function ConsentReceiptSheet({ link, receipt }: ConsentReceiptSheetProps) {
  const t = useTranslations("consentReceipt");
  const { phone, at, zone, consents } = receipt;
  return (
    <>
      <Facts
        facts={[
          ...(phone === null ? [] : [{ name: t("phone"), value: <PhoneText phone={phone} /> }]),
          {
            name: t("since"),
            value: <LocalTime instant={at} zone={zone} precision="evidence" />,
          },
        ]}
      />
      <ul className="grid gap-6">
        {consents.map(({ id, language, text, endedAt }) => (
          <li key={id} className="grid gap-3 border-t border-line pt-4">
            <blockquote
              lang={language}
              className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
            >
              {text}
            </blockquote>
            <div className="grid gap-3 sm:grid-cols-2">
              <PublicDownload href={`/agreed/${link}/${id}/pdf`}>{t("pdf")}</PublicDownload>
              <PublicDownload href={`/agreed/${link}/${id}/json`}>{t("json")}</PublicDownload>
            </div>
            {endedAt === null ? (
              <form action={withdrawConsentByReceipt.bind(null, { link, consent: id })}>
                <PublicSubmit busy={t("sending")} isQuiet>
                  {t("takeBack")}
                </PublicSubmit>
              </form>
            ) : (
              <p className="text-base text-muted">
                {t.rich("ended", {
                  time: () => <LocalTime instant={endedAt} zone={zone} precision="evidence" />,
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className="text-base text-muted">{t("keep")}</p>
      <p className="text-base text-muted">
        {t.rich("check", { verify: (chunks) => <a href="/verify">{chunks}</a> })}
      </p>
    </>
  );
}
