import type { ConsentShown } from "@ringfence/services/people/phone";
import { useLocale, useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";
import { type Choices, purposeName } from "./choices";

type AgreedProps = {
  consents: readonly ConsentShown[];
  zone: string | null;
  choices: Choices;
  mayOpenProofs: boolean;
  /** Ways to record one more, or a withdrawal. */
  children?: ReactNode;
};

/** The words behind each consent, as the person was shown them. */
export function Agreed({ consents, zone, choices, mayOpenProofs, children }: AgreedProps) {
  const t = useTranslations("agreed");
  const types = useTranslations("timeline.consentType");
  const locale = useLocale();
  const format = useFormatter();
  const dayOf = (instant: Date) => tellTime(locale, zone ?? "UTC", instant, "day");
  if (consents.length === 0) {
    return (
      <Section title={t("title")}>
        <Empty title={t("none")}>{t("noneBody")}</Empty>
        {children}
      </Section>
    );
  }
  return (
    <Section title={t("title")}>
      <ul>
        {consents.map(({ id, consentId, type, at, seller, purposes, disclosure, validUntil }) => (
          <li key={id} className="grid gap-1 border-b border-line py-2.5">
            <h3>
              {t("given", { type: types(type), day: dayOf(at) })}
              {validUntil && `, ${t("until", { day: dayOf(validUntil) })}`}
            </h3>
            <p className="text-sm text-muted">
              {t("to", {
                seller: seller ?? "",
                purposes: format.list(purposes.map((key) => purposeName(choices, key))),
              })}
            </p>
            {mayOpenProofs && (
              <Link href={`/certificates/${consentId}`} className="justify-self-start text-sm">
                {t("certificate")}
              </Link>
            )}
            {disclosure ? (
              <blockquote
                lang={disclosure.language}
                className="border-l-[3px] border-line-strong pl-3"
              >
                {disclosure.text}
              </blockquote>
            ) : (
              <p className="text-sm text-muted">{t("noWords")}</p>
            )}
          </li>
        ))}
      </ul>
      {children}
    </Section>
  );
}
