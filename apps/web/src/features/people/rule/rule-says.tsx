import type { HoursWindow, Rule } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { Duties } from "./duties";
import { tellPeriod } from "./tell-period";

type RuleSaysProps = {
  rule: Rule;
  /** What registries are called, by id. */
  registryNames: Readonly<Record<string, string>>;
};

/** What a rule asks for, where it can be told in a sentence; and what its readers noted. */
export function RuleSays({ rule, registryNames }: RuleSaysProps) {
  const told = useTold(rule, registryNames);
  return (
    <span className="grid max-w-[34rem] gap-1 font-normal">
      {told.map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
      <Conditions rule={rule} />
      <Duties rule={rule} />
      {rule.note && (
        <span lang="en" className="text-sm text-muted">
          {rule.note}
        </span>
      )}
    </span>
  );
}

function useTold({ type, value }: Rule, registryNames: RuleSaysProps["registryNames"]): string[] {
  const t = useTranslations("rules");
  const locale = useLocale();
  const hours = useHours();
  if (type === "consent_model") return [t(`says.${value.model}`)];
  if (type === "calling_hours") return value.windows?.map(hours) ?? [t("says.noHours")];
  if (type === "frequency_cap") {
    return [t("says.cap", { max: value.max, time: tellPeriod(locale, value.window) })];
  }
  if (type !== "registry_scrub") return [];
  const name = registryNames[value.registry] ?? value.registry;
  if (value.max_age === undefined) return [t("says.registryOnly", { name })];
  if (value.max_age === "real_time_scrub") return [t("says.registryNow", { name })];
  return [t("says.registry", { name, time: tellPeriod(locale, value.max_age) })];
}

const week = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** `Mon–Fri 08:00–21:00`. */
function useHours() {
  const t = useTranslations("rules");
  const names = useTranslations("weekdays");
  return ({ days, from, to }: HoursWindow) => {
    const [first, last] = [days[0] ?? "MO", days.at(-1) ?? "SU"];
    const isRow = days.length > 2 && week.indexOf(last) - week.indexOf(first) === days.length - 1;
    const told = isRow
      ? t("days", { from: names(first), to: names(last) })
      : days.map((day) => names(day)).join(", ");
    return t("hours", { days: told, from, to });
  };
}

/** The calls that it is about, where it is not about all. */
function Conditions({ rule: { when } }: { rule: Rule }) {
  const t = useTranslations("rules");
  const asked = Object.entries(when);
  if (asked.length === 0) return null;
  return (
    <span className="text-sm">
      {t("only")}{" "}
      {asked.map(([key, values]) => (
        <span key={key} className="mr-3">
          {isCondition(key) ? t(`when.${key}`) : key}{" "}
          <code className="font-mono">{values?.join(", ")}</code>
        </span>
      ))}
    </span>
  );
}

const conditions = [
  "dialer",
  "call_mode",
  "purpose",
  "sector",
  "line_type",
  "called_party",
  "outcome",
  "state",
  "emergency_in_area",
  "written_form_required",
] as const;
const isCondition = (key: string): key is (typeof conditions)[number] =>
  conditions.some((condition) => condition === key);
