import type { PastRules } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { CopyButton } from "@/components/copy-button";

/** Shows which rule set was used, its date, whether it is kept, and offers it for download. */
export function RuleSetFacts({ rules }: { rules: PastRules }) {
  const t = useTranslations("screening");
  const format = useFormatter();
  const { hash, state, asOf } = rules;
  const date =
    asOf === null
      ? ""
      : format.dateTime(new Date(`${asOf}T00:00:00Z`), { dateStyle: "long", timeZone: "UTC" });
  const isKept = state !== "not-kept" && hash !== null;
  return (
    <div className="grid gap-3 pt-3">
      {state === "not-kept" || state === "unreadable" ? (
        <Banner tone="care" title={t(`rulesState.${state}`)}>
          {t(`rulesBody.${state}`)}
        </Banner>
      ) : (
        <p className="max-w-[46rem]">{t(`rulesState.${state}`, { date })}</p>
      )}
      {hash !== null && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <span>{t("ruleSet")}</span>
          <code>{`${hash.slice(0, 16)}…`}</code>
          <CopyButton text={hash} />
          {isKept && (
            <a href={`/api/rule-sets/${hash}`} download>
              {t("ruleSetFile")}
            </a>
          )}
        </p>
      )}
    </div>
  );
}
