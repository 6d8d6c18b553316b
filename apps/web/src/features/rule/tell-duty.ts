// The data is in English, as citations and notes are.

/** `cooldown_after_refusal` as people write it. */
export function tellField(field: string): string {
  const words = field.replace(/^value\./, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of the data in words; empty where it says nothing. */
export function tellValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (typeof value === "string") return tellPeriodOr(value);
  if (Array.isArray(value)) return value.map(tellValue).filter(Boolean).join(", ");
  return Object.entries(value)
    .map(([key, part]) => [key.replaceAll("_", " "), tellValue(part)] as const)
    .filter(([, part]) => part !== "")
    .map(([key, part]) => `${key} ${part}`)
    .join(", ");
}

const units = { Y: "year", M: "month", D: "day", H: "hour" } as const;

/** `P60D` is 60 days; all else is words already. */
function tellPeriodOr(text: string): string {
  const [, count, unit] = /^PT?(\d+)([YMDH])$/.exec(text) ?? [];
  if (count === undefined || !isUnit(unit)) return text.replaceAll("_", " ");
  return `${count} ${units[unit]}${count === "1" ? "" : "s"}`;
}

const isUnit = (text: string | undefined): text is keyof typeof units =>
  text !== undefined && Object.hasOwn(units, text);
