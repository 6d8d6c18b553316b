import { type ConsentReceipt, readConsentReceipt } from "@ringfence/services/consents/consent";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { useTranslations } from "next-intl";
import { PublicDownload, PublicFrame } from "@/components/public-page";
import { loadConsentReceipt } from "@/server/consent-receipt";
import { orNotFound } from "@/server/public-form";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { PublicSubmit } from "@/components/public-submit";
import { withdrawConsentByReceipt } from "@/features/consents/consent/receipt/withdraw-by-receipt";

/** Query parameters: the means by which the person also gets a message. */
const load = createLoader({ means: parseAsStringLiteral(["sms", "email"]) });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consentReceipt");
  // The address is a key, so no other site may learn it. Our own pages must: without a referrer, browsers
  // send `Origin: null` with forms that need no scripts, and those are refused.
  return { title: { absolute: t("title") }, referrer: "same-origin" };
}

/** Shows what a person agreed to with a form, the copies they can keep, and how to withdraw. */
export default async function ConsentReceiptPage({
  params,
  searchParams,
}: PageProps<"/agreed/[receipt]">) {
  const { receipt: link } = await params;
  const { ctx, receipt: named } = await loadConsentReceipt(link);
  const [t, form, { means }, receipt] = [
    await getTranslations("consentReceipt"),
    await getTranslations("publicForm"),
    await load(searchParams),
    await orNotFound(() => readConsentReceipt(ctx, { receipt: named })),
  ];
  const isOver = receipt.consents.every(({ endedAt }) => endedAt !== null);
  return (
    <PublicFrame
      seller={receipt.seller}
      title={t(isOver ? "titles.over" : "titles.given")}
      hasLanguages
    >
      <p>{t(isOver ? "leads.over" : "leads.given", { seller: receipt.seller })}</p>
      {!isOver && means !== null && <p>{form(means === "sms" ? "toldBySms" : "toldByEmail")}</p>}
      <ConsentReceiptSheet link={link} receipt={receipt} />
    </PublicFrame>
  );
}

type ConsentReceiptSheetProps = { link: string; receipt: ConsentReceipt };

/** Shows each text that was agreed to, its downloads, and a button to withdraw. */
function ConsentReceiptSheet({ link, receipt }: ConsentReceiptSheetProps) {
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
