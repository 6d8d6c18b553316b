import type { AuditView } from "@ringfence/services/desk/audit-log";
import { Weekday } from "@ringfence/core/platform/time";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { hasKey } from "@/i18n/has-key";
import { placeName } from "@/i18n/place-name";
import { formatDate, formatInstant, formatZone } from "@/i18n/format-time";
import { safePath } from "@/server/safe-path";
import messages from "../../../../messages/en.json";

/** Pages of what an entry names by its id. */
const folders = {
  optOutId: "opt-outs",
  consentId: "consents",
  contactId: "contacts",
  campaignId: "campaigns",
  segmentId: "segments",
  offerId: "offers",
  registryId: "registries",
  scrubId: "scrubs",
  violationId: "violations",
  importId: "imports",
  formId: "forms",
  disclosureId: "disclosures",
  endpointId: "endpoints",
  memberId: "members",
} as const;
const hasPage = (name: string): name is keyof typeof folders => Object.hasOwn(folders, name);

/**
 * Details of an audit entry: the reason given, links to what it names, and other details in words. Leaves out IDs
 * without a page, and flags and faults that have no words.
 */
export function EntryDetails({ entry: { details, reason } }: { entry: AuditView }) {
  const t = useTranslations("audit");
  const describe = useDetailWords();
  const given = Object.entries(details).filter(([, value]) => value !== null && value !== "");
  const links = given.flatMap(([name, value]) => (hasPage(name) ? [{ name, id: value }] : []));
  const words = given.flatMap(([name, value]) =>
    name.endsWith("Id") || value === null ? [] : describe(name, value),
  );
  return (
    <>
      {reason && <span className="block max-w-[26rem] wrap-anywhere">{t("for", { reason })}</span>}
      <span className="flex flex-wrap gap-x-3">
        {links.map(({ name, id }) => (
          <Link key={name} href={safePath(`/${folders[name]}/${id}`)} prefetch={false}>
            {t(`see.${name}`)}
          </Link>
        ))}
      </span>
      {words.length > 0 && (
        <span className="block max-w-[26rem] text-sm wrap-anywhere text-muted">
          {words.join(" · ")}
        </span>
      )}
    </>
  );
}

type Value = string | number | boolean;

/** Returns a function that puts a detail into words. It returns an empty list for flags and faults without words. */
function useDetailWords() {
  const words = useTranslations("audit.words");
  const fields = useTranslations("audit.fields");
  const formatValue = useDetailValue();
  return (name: string, value: Value): string[] => {
    const word = `${name} ${value === true ? "yes" : value === false ? "no" : value}`;
    if (hasKey(messages.audit.words, word)) return [words(word)];
    if (typeof value === "boolean" || name === "fault") return [];
    const text = formatValue(name, value);
    if (hasKey(messages.audit.fields, name)) return [fields(name, { value: text })];
    // Another version may have written details that this one does not know.
    return [`${splitWords(name)}: ${text}`];
  };
}

/** Turns `rowsRead` into "rows read". */
const splitWords = (name: string) => name.replaceAll(/(?=[A-Z])/g, " ").toLowerCase();

function useDetailValue() {
  const format = useFormatter();
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const weekdays = useTranslations("weekdays");
  return (name: string, value: string | number): string => {
    if (name === "from" || name === "fromMinute") return formatMinute(Number(value));
    if (typeof value === "number") return format.number(value);
    switch (name) {
      case "hours":
      case "weekdays":
        return value.replaceAll(/[A-Z]{2}/g, (code) => weekdays(Weekday.parse(code)));
      case "jurisdiction":
      case "homeRegion":
        return placeName(locale, value);
      case "first":
      case "last":
        return formatDate(locale, value);
      case "zone":
        return formatZone(value);
      case "sellers":
        return format.number(value.split(",").length);
      case "expiresAt":
      case "previousUntil":
        return formatInstant(locale, zone, new Date(value), "minute");
      case "addresses":
      case "networks":
      case "scopes":
        return value.replaceAll(",", ", ");
      case "check":
      case "list":
      case "part":
      case "place":
        return value.replaceAll("-", " ");
      default:
        return value;
    }
  };
}

/** Formats minutes after midnight as a time of day. */
function formatMinute(minute: number): string {
  const [hours, rest] = [Math.floor(minute / 60), minute % 60];
  return [hours, rest].map((part) => String(part).padStart(2, "0")).join(":");
}
