import type { OwnRecord } from "@ringfence/services/own-record";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";

type OwnConsentsProps = Pick<OwnRecord, "consents" | "purposes" | "zone">;

/** What a person agreed to and took back, in the words that they were shown. */
export function OwnConsents({ consents, purposes, zone }: OwnConsentsProps) {
  const t = useTranslations("ownRecord");
  const types = useTranslations("timeline.consentType");
  const [locale, format] = [useLocale(), useFormatter()];
  const nameOf = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <Section title={t("agreed")}>
      {consents.length === 0 && <p className="pt-3">{t("agreedNothing")}</p>}
      <ul>
        {consents.map(({ id, type, at, seller, purposes: keys, disclosure }) => (
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
          </li>
        ))}
      </ul>
    </Section>
  );
}
