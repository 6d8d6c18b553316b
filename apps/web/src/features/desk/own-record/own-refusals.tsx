import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/section";
import { tellTime } from "@/i18n/tell-time";

type OwnRefusalsProps = Pick<OwnRecord, "refusals" | "purposes" | "zone">;

/** What a person refused, since when, and the reference of each. */
export function OwnRefusals({ refusals, purposes, zone }: OwnRefusalsProps) {
  const t = useTranslations("ownRecord");
  const scopes = useTranslations("optOuts.scope");
  const locale = useLocale();
  const nameOf = (name: string | null) =>
    purposes.find((one) => one.key === name)?.name ?? name ?? "";
  return (
    <Section title={t("refused")}>
      {refusals.length === 0 && <p className="pt-3">{t("refusedNothing")}</p>}
      <ul>
        {refusals.map(({ reference, at, scope, name, correctedAt }) => (
          <li key={reference} className="border-b border-line py-3">
            <p>{scopes(scope, { name: nameOf(name) })}</p>
            <p className="text-base text-muted">
              {t("refusedSince", {
                day: tellTime(locale, zone, at, "day"),
                reference: `${reference.slice(0, 4)} ${reference.slice(4)}`,
              })}
            </p>
            {correctedAt && (
              <p className="text-base text-muted">
                {t("refusedCorrected", { day: tellTime(locale, zone, correctedAt, "day") })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
