import type { Refusal, VerdictDifference } from "@ringfence/core/calling/screening";
import { useFormatter, useTranslations } from "next-intl";

/** Lists in sentences how a verdict by today's facts differs from the verdict then. */
export function Differences({ difference }: { difference: VerdictDifference }) {
  const t = useTranslations("screening");
  const sentences = useSentences(difference);
  const { isSame, ofCampaign } = difference;
  return (
    <>
      {isSame ? (
        <p className="max-w-[46rem] pt-1">{t("same")}</p>
      ) : (
        <ul className="max-w-[46rem]">
          {sentences.map((sentence) => (
            <li key={sentence} className="border-b border-line py-2">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {ofCampaign.length > 0 && (
        <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("ofCampaign")}</p>
      )}
    </>
  );
}

function useSentences(difference: VerdictDifference): string[] {
  const t = useTranslations("screening.difference");
  const reasonNames = useTranslations("reasons");
  const format = useFormatter();
  const named = (reasons: readonly Refusal[]) =>
    format.list(
      new Set(
        reasons.map(({ reason, registry }) => {
          const name = reasonNames(`${reason}.name`);
          return registry === undefined ? name : `${name} (${registry})`;
        }),
      ),
    );
  const told = (key: "refusalsGone" | "refusalsAdded" | "warningsGone" | "warningsAdded") => {
    const [refusals, warnings] = [difference.refusals, difference.warnings];
    const reasons = {
      refusalsGone: refusals.gone,
      refusalsAdded: refusals.added,
      warningsGone: warnings.gone,
      warningsAdded: warnings.added,
    }[key];
    return reasons.length === 0 ? [] : [t(key, { reasons: named(reasons) })];
  };
  return [
    ...(difference.isOtherVerdict ? [t("verdict")] : []),
    ...told("refusalsGone"),
    ...told("refusalsAdded"),
    ...told("warningsGone"),
    ...told("warningsAdded"),
    ...(difference.hasOtherConsent ? [t("consent")] : []),
    ...(difference.hasOtherPlaces ? [t("places")] : []),
    ...(difference.hasOtherZones ? [t("zones")] : []),
    ...difference.editions.map(({ registry, before, now }) =>
      t("edition", {
        registry,
        before: before === null ? t("noEdition") : String(before),
        now: now === null ? t("noEdition") : String(now),
      }),
    ),
    ...(difference.hasOtherRules ? [t("rules")] : []),
  ];
}
