import type { Message } from "../../platform/message/index.ts";
import { isRepeatable } from "./guess-mapping.ts";
import { type ImportField, type ImportKind, isField } from "./import-kind.ts";
import type { Mapping } from "./mapping.ts";

/** Fields without which no row of the file can be read. */
const required = {
  contacts: [],
  consents: ["phone", "purposes", "channels", "obtainedAt"],
  opt_outs: ["phone"],
  suppressions: ["phone", "reason"],
  activities: ["activityType", "at"],
  // Without the dialer's own id, a file sent twice would count every call twice.
  calls: ["externalId", "phone", "purpose", "at"],
} as const satisfies Record<ImportKind, readonly ImportField[]>;

/** True if a file of this kind cannot be read without the field. */
export const isRequiredField = (kind: ImportKind, field: ImportField): boolean =>
  required[kind].some((needed) => needed === field);

/** Finds the first reason why a file cannot be read with this mapping, or null. A default can stand for a column. */
export function findMappingFault(kind: ImportKind, { columns, defaults }: Mapping): Message | null {
  const withDefault = Object.keys(defaults).filter((field) => defaults[field]?.trim());
  const fields = [...columns.filter((field) => field !== null), ...withDefault];
  const unknown = fields.find((field) => !isField(kind, field));
  if (unknown !== undefined) return { key: "import.field-unknown", values: { field: unknown } };

  const missing = required[kind].find((field) => !fields.includes(field));
  if (missing !== undefined) return { key: "import.field-missing", values: { field: missing } };

  const has = (field: ImportField) => fields.includes(field);
  if (kind === "contacts" && !has("phone") && !has("externalId")) {
    return { key: "import.contact-unnamed" };
  }
  if (kind === "activities" && !has("phone") && !has("externalId") && !has("email")) {
    return { key: "import.activity-unnamed" };
  }
  const isHalf = has("disclosureText") && !has("disclosureLanguage");
  if (kind === "consents" && isHalf) return { key: "import.language-missing" };

  const twice = columns.find(
    (field, index) =>
      field !== null && !isRepeatable(kind, field) && columns.indexOf(field) !== index,
  );
  return twice ? { key: "import.field-twice", values: { field: twice } } : null;
}
