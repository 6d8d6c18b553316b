import type { RuleSetListed } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import { RuleSetChanges } from "./rule-set-changes";
import { useTime } from "./use-time";

/** Lists the rule sets that calls were judged by, the present one first, with what each changed. */
export function RuleSetList({ ruleSets }: { ruleSets: readonly RuleSetListed[] }) {
  const t = useTranslations("ruleHistory");
  return (
    <>
      <ol>
        {ruleSets.map((ruleSet) => (
          <RuleSet key={ruleSet.hash} ruleSet={ruleSet} />
        ))}
      </ol>
      {ruleSets.length === 1 && <p className="py-2.5 text-muted">{t("noEarlier")}</p>}
    </>
  );
}

function RuleSet({ ruleSet }: { ruleSet: RuleSetListed }) {
  const t = useTranslations("ruleHistory");
  const format = useFormatter();
  const time = useTime();
  const { hash, keptAt, isCurrent, asOf, changes } = ruleSet;
  const title =
    asOf === null
      ? t("unreadable")
      : t("asOf", {
          date: format.dateTime(new Date(asOf), { dateStyle: "long", timeZone: "UTC" }),
        });
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{title}</h3>
      {changes && <RuleSetChanges changes={changes} />}
      <p className="flex flex-wrap gap-x-4 text-sm text-muted">
        {isCurrent && <span>{t("inUse")}</span>}
        {keptAt && <span>{t("usedSince", { at: time(keptAt) })}</span>}
        <a
          href={`/api/rule-sets/${hash}`}
          download
          aria-label={t("fileOne", { hash: hash.slice(0, 8) })}
        >
          {t("file")}
        </a>
        <code>{`${hash.slice(0, 16)}…`}</code>
      </p>
    </li>
  );
}
