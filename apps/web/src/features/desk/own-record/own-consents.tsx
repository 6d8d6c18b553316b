import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { PublicSubmit } from "@/components/public-submit";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";
import { takeBackConsent } from "./take-back";

type OwnConsentsProps = Pick<OwnRecord, "consents" | "standing" | "purposes" | "zone"> & {
  address: string;
};

/** What a person agreed to and took back, in the words that they were shown. */
export function OwnConsents({ consents, standing, purposes, zone, address }: OwnConsentsProps) {
  const t = useTranslations("ownRecord");
  const types = useTranslations("timeline.consentType");
  const [locale, format] = [useLocale(), useFormatter()];
  const nameOf = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  // Of one that was renewed the last word alone, so that there is one button for it.
  const lastWords = new Map(consents.toReversed().map(({ id, consentId }) => [consentId, id]));
  return (
    <Section title={t("agreed")}>
      {consents.length === 0 && <p className="pt-3">{t("agreedNothing")}</p>}
      <ul>
        {consents.map(({ id, consentId, type, at, seller, purposes: keys, disclosure }) => (
          <li key={id} className="grid gap-1 border-b border-line py-3">
            <h3 className="text-public">
              {types(type)}: {format.list(keys.map(nameOf))}
            </h3>
            <p className="text-base text-muted">
              {t("agreedTo", { seller: seller ?? "", day: tellTime(locale, zone, at, "day") })}
            </p>
            {disclosure && (
              <details>
                <summary className="text-base">{t("words")}</summary>
                <blockquote
                  lang={disclosure.language}
                  className="border-l-[3px] border-line-strong pl-3 text-base whitespace-pre-line"
                >
                  {disclosure.text}
                </blockquote>
              </details>
            )}
            {standing.has(consentId) && lastWords.get(consentId) === id && (
              <form action={takeBackConsent.bind(null, { address, consentId })} className="pt-1">
                <PublicSubmit busy={t("sending")} isQuiet>
                  {t("takeBack")}
                </PublicSubmit>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
