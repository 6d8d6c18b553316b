import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { hasKey } from "@/i18n/has-key";
import { shortPlaceName } from "@/i18n/place-name";
import { formatDate } from "@/i18n/format-time";
import { formatFieldName, formatPeriod, formatRuleValue, useTime } from "./words";
import { type Rule, listDuties, mayRefuse } from "@ringfence/core/people/jurisdiction";
import type { HoursWindow } from "@ringfence/core/platform/time";
import messages from "../../../../messages/en.json";

type RuleEffectProps = { listed: Pick<RuleView, "rule" | "phase" | "eased" | "isKept"> };

/** Shows the effect of a rule, and why a former rule still applies. */
export function RuleEffect({ listed }: RuleEffectProps) {
  const t = useTranslations("rules");
  return (
    <>
      <OwnEffect listed={listed} />
      {listed.isKept && (
        <span className="block max-w-[16rem] text-sm">
          <Link href="/rules/updates">{t("kept")}</Link>
        </span>
      )}
    </>
  );
}

/**
 * Shows the effect of a rule (it refuses, warns, informs or is a duty of the caller), its first or last day if it is
 * not in force, and who eased it.
 */
function OwnEffect({ listed: { rule, phase, eased } }: RuleEffectProps) {
  const t = useTranslations("rules");
  const time = useTime();
  const locale = useLocale();
  const { effectiveFrom: from, effectiveTo: to } = rule;
  if (phase === "bill") return t("bill");
  if (phase === "ended") return t("ended", { date: to === null ? "" : formatDate(locale, to) });
  const effect = chooseEffect(rule);
  if (phase === "future") {
    return t(`later.${effect}`, { date: from === null ? "" : formatDate(locale, from) });
  }
  if (eased) {
    const values = { at: time(eased.at), reason: eased.reason };
    return (
      <span className="block max-w-[16rem]">
        {eased.by ? t("easedBy", { ...values, name: eased.by }) : t("eased", values)}
      </span>
    );
  }
  return t(effect);
}

/** Chooses the word for a rule's effect. A rule that no check of a single call applies is a duty of the caller. */
function chooseEffect(rule: Rule) {
  if (mayRefuse(rule)) return "refuses";
  if (rule.effect === "warn") return "warns";
  return rule.effect === "info" ? "shows" : "duty";
}

type RuleSaysProps = {
  rule: Rule;
  /** Names of registries by id. */
  registryNames: Readonly<Record<string, string>>;
  /** True where the duties are not folded, so that they are printed too. */
  isOpen?: boolean;
};

/** Shows what a rule requires, if it can be said in a sentence, and notes. */
export function RuleSays({ rule, registryNames, isOpen = false }: RuleSaysProps) {
  const requirements = useRequirements(rule, registryNames);
  return (
    <span className="grid max-w-[34rem] gap-1 font-normal">
      {requirements.map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
      <Conditions rule={rule} />
      <Duties rule={rule} isOpen={isOpen} />
      {rule.note && (
        <span lang="en" className="text-sm text-muted">
          {rule.note}
        </span>
      )}
    </span>
  );
}

/** Says in sentences what a rule requires; in none if its value is only a duty for people. */
function useRequirements(
  { type, value, duty }: Rule,
  registryNames: RuleSaysProps["registryNames"],
): string[] {
  const t = useTranslations("rules");
  const locale = useLocale();
  const hours = useHours();
  if (duty) return [duty[locale]];
  if (type === "consent_model") return [t(`says.${value.model}`)];
  if (type === "calling_hours") return value.windows?.map(hours) ?? [t("says.noHours")];
  if (type === "frequency_cap") {
    return [t("says.cap", { max: value.max, time: formatPeriod(locale, value.window) })];
  }
  if (type !== "registry_scrub") return [];
  const name = registryNames[value.registry] ?? value.registry;
  if (value.max_age === undefined) return [t("says.registryOnly", { name })];
  if (value.max_age === "real_time_scrub") return [t("says.registryNow", { name })];
  return [t("says.registry", { name, time: formatPeriod(locale, value.max_age) })];
}

const week = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** Formats hours: `Mon–Fri 08:00–21:00`. */
function useHours() {
  const t = useTranslations("rules");
  const names = useTranslations("weekdays");
  return ({ days, from, to }: HoursWindow) => {
    const [first, last] = [days[0] ?? "MO", days.at(-1) ?? "SU"];
    const isRow = days.length > 2 && week.indexOf(last) - week.indexOf(first) === days.length - 1;
    const dayNames = isRow
      ? t("days", { from: names(first), to: names(last) })
      : days.map((day) => names(day)).join(", ");
    return t("hours", { days: dayNames, from, to });
  };
}

/** Lists the conditions of a rule, if it does not cover all calls. */
function Conditions({ rule }: { rule: Rule }) {
  const t = useTranslations("rules");
  const format = useFormatter();
  const nameValue = useValueName(rule);
  const conditions = Object.entries(rule.when).map(([key, values = []]) => {
    const name = hasKey(messages.rules.when, key) ? t(`when.${key}`) : formatRuleValue(key);
    const names = values.filter((value) => value !== true).map(nameValue);
    return names.length === 0
      ? name
      : t("condition", { name, values: format.list(names, { type: "disjunction" }) });
  });
  if (conditions.length === 0) return null;
  return (
    <span className="text-sm">
      {t("only")} {conditions.join("; ")}
    </span>
  );
}

/** Returns a function that names a value of a condition. A state has the code of the rule's country. */
function useValueName({ jurisdiction }: Rule) {
  const t = useTranslations("rules.whenValues");
  const locale = useLocale();
  return (value: string | boolean): string => {
    if (typeof value === "boolean") return formatRuleValue(value);
    if (hasKey(messages.rules.whenValues, value)) return t(value);
    return shortPlaceName(locale, `${jurisdiction.slice(0, 2)}-${value}`);
  };
}

/** Lists the duties of a rule that screening cannot check, and which of its fields are unverified. */
function Duties({ rule, isOpen }: { rule: Rule; isOpen: boolean }) {
  const t = useTranslations("rules");
  const duties = listDuties(rule).filter(([, value]) => formatRuleValue(value) !== "");
  const unverified = rule.unverified ?? [];
  if (duties.length + unverified.length === 0) return null;
  return (
    <details className="text-sm" open={isOpen}>
      <summary>{t("duties")}</summary>
      <dl lang="en" className="grid gap-1 pt-1">
        {duties.map(([field, value]) => (
          <div key={field}>
            <dt className="inline text-muted">{formatFieldName(field)}: </dt>
            <dd className="inline">{formatRuleValue(value)}</dd>
          </div>
        ))}
        {unverified.length > 0 && (
          <div>
            <dt className="inline text-muted">{t("unverified")} </dt>
            <dd className="inline">{unverified.map(formatFieldName).join("; ")}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}
