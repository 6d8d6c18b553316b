import type { ContactId } from "@ringfence/core/ids";
import type { RestrictionView } from "@ringfence/services/desk/restriction";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { RecordedBy } from "@/components/officers";
import { Section } from "@/components/page-layout";
import { LiftRestriction, RestrictContact } from "./restriction-forms";

type RestrictionSectionProps = {
  contactId: ContactId;
  /** Newest first. */
  restrictions: readonly RestrictionView[];
  whyNot: string | undefined;
};

/** Shows whether the processing of a contact's data is restricted, with the form that restricts it or lifts the restriction. */
export function RestrictionSection({ contactId, restrictions, whyNot }: RestrictionSectionProps) {
  const t = useTranslations("restriction");
  const grounds = useTranslations("restriction.grounds");
  const inForce = restrictions.find(({ end }) => end === null);
  const ended = restrictions.filter(({ end }) => end !== null);
  return (
    <Section title={t("title")} aside={t("note")}>
      {inForce ? (
        <>
          <Banner tone="locked" title={t("inForce", { ground: grounds(inForce.ground) })}>
            {t.rich("since", {
              at: () => <LocalTime instant={inForce.at} precision="evidence" />,
              by: () => <RecordedBy by={inForce.by} />,
            })}{" "}
            {t("effect")}
          </Banner>
          <LiftRestriction contactId={contactId} whyNot={whyNot} />
        </>
      ) : (
        <>
          <p className="pt-2.5">{t("none")}</p>
          <RestrictContact contactId={contactId} whyNot={whyNot} />
        </>
      )}
      {ended.length > 0 && <EndedRestrictions restrictions={ended} />}
    </Section>
  );
}

function EndedRestrictions({ restrictions }: Pick<RestrictionSectionProps, "restrictions">) {
  const t = useTranslations("restriction");
  const grounds = useTranslations("restriction.grounds");
  const reasons = useTranslations("restriction.reasons");
  return (
    <>
      <h3 className="pt-4 text-base font-semibold">{t("history")}</h3>
      <ul>
        {restrictions.map(
          ({ ground, at, end }) =>
            end && (
              <li key={at.toISOString()} className="border-b border-line py-2">
                {t.rich("lifted", {
                  ground: grounds(ground),
                  reason: reasons(end.reason),
                  from: () => <LocalTime instant={at} />,
                  until: () => <LocalTime instant={end.at} />,
                  by: () => <RecordedBy by={end.by} />,
                })}
              </li>
            ),
        )}
      </ul>
    </>
  );
}
