import { cacheFormats } from "./cache-formats.ts";
import type { Locale } from "./message.ts";

/**
 * Precision of a time. `day` and `cell` (the minute) omit the zone, which the column's head names; `minute` and
 * `weekday` (the minute, with the day of the week) name it. `evidence` is the second: in English followed by the
 * time in UTC, in Russian by the zone's city and its offset from UTC.
 */
export type Precision = "day" | "cell" | "minute" | "evidence" | "weekday";

/** Formats an instant in a zone (IANA name): `25 Nov 2026, 09:14 CST`. */
export function formatInstant(
  locale: Locale,
  zone: string,
  instant: Date,
  precision: Precision,
): string {
  const day = formatDay(locale, zone, instant, precision);
  if (precision === "day") return day;
  if (precision === "cell") return `${day}, ${formatClock(zone, instant)}`;

  const label = zoneLabel(locale, zone, instant);
  if (precision === "weekday") {
    const city = zoneCity(locale, zone);
    const place = city === label ? "" : ` (${city})`;
    return `${day}, ${formatClock(zone, instant)} ${label}${place}`;
  }
  if (precision === "minute") return `${day}, ${formatClock(zone, instant)} ${label}`;

  const second = formatClock(zone, instant, "second");
  if (label === "UTC") return `${day}, ${second} UTC`;
  if (locale === "ru") {
    return `${day}, ${second}, ${zoneCity(locale, zone)} (${offset(zone, instant)})`;
  }
  const utcDay = formatInstant(locale, "UTC", instant, "day");
  const utcDate = utcDay === formatInstant(locale, zone, instant, "day") ? "" : `${utcDay}, `;
  return `${day}, ${second} ${label} (${utcDate}${formatClock("UTC", instant, "second")} UTC)`;
}

/** Formats a calendar date (`2026-11-25`): `25 Nov 2026`. */
export const formatDate = (locale: Locale, isoDate: string) =>
  formatInstant(locale, "UTC", new Date(isoDate), "day");

/** Formats a day without its year: `14 Oct`. */
export function formatShortDay(locale: Locale, zone: string, instant: Date) {
  const part = dayParts(locale, zone, instant, "short");
  return `${part("day")} ${part("month")}`;
}

/** Formats a clock time: `09:14`, `09:14:07`. */
export function formatClock(zone: string, instant: Date, to: "minute" | "second" = "minute") {
  return getFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(to === "second" && { second: "2-digit" }),
    hourCycle: "h23",
  }).format(instant);
}

/** Names a zone for the head of a column whose cells omit it: `CST`, `МСК`, `UTC+5`. */
export function zoneLabel(locale: Locale, zone: string, instant: Date) {
  if (zone === "UTC") return zone;
  if (locale === "ru") return zone === "Europe/Moscow" ? "МСК" : offset(zone, instant);
  const short = zonePart("en-US", zone, instant, "short");
  return /^[A-Z]+$/.test(short) ? short : offset(zone, instant);
}

/** Name of a zone's city, in Russian where the runtime knows its Russian name. */
export function zoneCity(locale: Locale, zone: string) {
  const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  if (locale === "en") return city;
  const place = zonePart("ru", zone, new Date(0), "shortGeneric");
  return /^\p{Script=Cyrillic}/u.test(place) ? place : city;
}

function formatDay(locale: Locale, zone: string, instant: Date, precision: Precision) {
  const isLong = precision === "weekday" || (precision === "evidence" && locale === "ru");
  const part = dayParts(locale, zone, instant, isLong ? "long" : "short");
  const day = `${part("day")} ${part("month")} ${part("year")}`;
  if (precision !== "weekday") return day;
  return locale === "en" ? `${part("weekday")} ${day}` : `${part("weekday")}, ${day}`;
}

/** Parts of a date. The caller chooses their order. */
function dayParts(locale: Locale, zone: string, instant: Date, month: "long" | "short") {
  const parts = getFormat(locale === "en" ? "en-US" : "ru", {
    timeZone: zone,
    day: "numeric",
    month,
    year: "numeric",
    weekday: "long",
  }).formatToParts(instant);
  return (type: "day" | "month" | "year" | "weekday") =>
    parts.find((part) => part.type === type)?.value ?? "";
}

/** Offset from UTC: `UTC+3`, `UTC−6`, `UTC+5:45`. */
const offset = (zone: string, instant: Date) =>
  zonePart("en-US", zone, instant, "shortOffset")
    .replace("GMT", "UTC")
    .replace(/\+0$/, "")
    .replace("-", "−");

function zonePart(
  language: string,
  zone: string,
  instant: Date,
  timeZoneName: "short" | "shortOffset" | "shortGeneric",
) {
  const parts = getFormat(language, { timeZone: zone, timeZoneName }).formatToParts(instant);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}

const getFormat = cacheFormats(
  (language: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, options),
);
