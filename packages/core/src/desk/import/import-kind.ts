import { z } from "zod";
import { ImportId } from "../../platform/ids.ts";

/** Kind of the rows of a file. */
export const ImportKind = z.enum([
  "contacts",
  "consents",
  "opt_outs",
  "suppressions",
  "activities",
  "calls",
]);
export type ImportKind = z.infer<typeof ImportKind>;

/** Fields that a column can hold, by kind of file. A contact's attribute is `attributes.<name>`. */
const fields = {
  contacts: [
    "phone",
    "externalId",
    "name",
    "email",
    "locale",
    "zone",
    "addressRegion",
    "state",
    "calledParty",
  ],
  consents: [
    "phone",
    "externalId",
    "name",
    "email",
    "seller",
    "purposes",
    "channels",
    "source",
    "obtainedAt",
    "validUntil",
    "disclosureText",
    "disclosureLanguage",
    "disclosureId",
    "disclosureVersion",
    "act",
    "signature",
    "ip",
    "userAgent",
    "url",
    "recording",
    "scan",
    "note",
    "leadSeller",
    "trustedForm",
    "leadId",
    "retained",
  ],
  opt_outs: ["phone", "seller", "purpose", "channel", "at", "note"],
  suppressions: ["phone", "reason", "at", "until"],
  activities: [
    "phone",
    "externalId",
    "email",
    "name",
    "activityType",
    "activityId",
    "at",
    "amount",
    "category",
    "status",
    "canceledAt",
    "itemName",
    "itemSku",
    "itemCategory",
    "itemQuantity",
    "itemPrice",
  ],
  calls: [
    "phone",
    "externalId",
    "seller",
    "purpose",
    "at",
    "outcome",
    "seconds",
    "campaign",
    "dialer",
    "screening",
  ],
} as const satisfies Record<ImportKind, readonly string[]>;

/** Fields of all kinds of files. `attributes.<name>` is not among them. */
export const ImportFieldName = z.enum([...new Set(Object.values(fields).flat())]);

export type ImportField = (typeof fields)[ImportKind][number] | `attributes.${string}`;

/** Lists the fields that a file of this kind can have, without a contact's attributes. */
export const listFields = (kind: ImportKind): readonly ImportField[] => fields[kind];

/** True if a column of such a file can hold the field. */
export const isField = (kind: ImportKind, field: string): field is ImportField =>
  listFields(kind).some((known) => known === field) ||
  (kind === "contacts" && /^attributes\.[^\s.][^.]{0,63}$/.test(field));

/**
 * True for files that marketers may import. All other kinds change who may be called, or prove how calls
 * were placed, so they are for owners and officers.
 */
export const isMarketerKind = (kind: ImportKind) => kind === "contacts" || kind === "activities";

/** Asks for a page of imports, last uploaded first. */
export const ListImports = z.object({
  /** `next` of the previous page. */
  after: ImportId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListImports = z.infer<typeof ListImports>;
