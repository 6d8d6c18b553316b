import type { Period } from "@ringfence/core/platform/time";
import { useLocale, useTimeZone } from "next-intl";
import { formatInstant } from "@/i18n/format-time";

const units = { Y: "year", M: "month", W: "week", D: "day", H: "hour" } as const;

/** Formats a period: `P3M` as three months, `PT24H` as 24 hours. */
export function formatPeriod(locale: string, period: Period): string {
  const parts = [...period.matchAll(/(\d+)([YMWDH])/g)].map(([, count, unit]) => {
    const style = { style: "unit", unit: findUnit(unit), unitDisplay: "long" } as const;
    return new Intl.NumberFormat(locale, style).format(Number(count));
  });
  return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
}

const findUnit = (letter = "") => {
  const found = Object.entries(units).find(([key]) => key === letter);
  if (found === undefined) throw new RangeError(`no unit of time: ${letter}`);
  return found[1];
};

// The rule data is in English, so these texts are too.

/** Turns `cooldown_after_refusal` into "Cooldown after refusal". */
export function formatFieldName(field: string): string {
  const words = field.replace(/^value\./, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Writes a value of the rule data in words. Returns an empty text if there is no value. */
export function formatRuleValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (typeof value === "string") return formatPeriodOrText(value);
  if (Array.isArray(value)) return value.map(formatRuleValue).filter(Boolean).join(", ");
  return Object.entries(value)
    .map(([key, part]) => [key.replaceAll("_", " "), formatRuleValue(part)] as const)
    .filter(([, part]) => part !== "")
    .map(([key, part]) => `${key} ${part}`)
    .join(", ");
}

const unitNames = { Y: "year", M: "month", D: "day", H: "hour" } as const;

/** Writes `P60D` as "60 days". Other texts only lose their underscores. */
function formatPeriodOrText(text: string): string {
  const [, count, unit] = /^PT?(\d+)([YMDH])$/.exec(text) ?? [];
  if (count === undefined || !isUnit(unit)) return text.replaceAll("_", " ");
  return `${count} ${unitNames[unit]}${count === "1" ? "" : "s"}`;
}

const isUnit = (text: string | undefined): text is keyof typeof unitNames =>
  text !== undefined && Object.hasOwn(unitNames, text);

/** Returns a function that formats an instant in the member's time zone. */
export function useTime() {
  const [locale, zone] = [useLocale(), useTimeZone() ?? "UTC"];
  return (instant: Date) => formatInstant(locale, zone, instant, "minute");
}
