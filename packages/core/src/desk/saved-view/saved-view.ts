import { z } from "zod";
import { SavedViewId } from "../../platform/ids.ts";
import type { Action } from "../../platform/access/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** Lists that have filters, which can be saved as views. */
export const ViewedList = z.enum([
  "audit",
  "calls",
  "complaints",
  "consents",
  "contacts",
  "opt-outs",
  "screenings",
  "suppressions",
  "violations",
]);
export type ViewedList = z.infer<typeof ViewedList>;

/** The permission that a member needs to see each list and its views. */
export const viewedLists = {
  audit: "audit.read",
  calls: "call.read",
  complaints: "complaint.read",
  consents: "consent.read",
  contacts: "contact.read",
  "opt-outs": "opt-out.read",
  screenings: "screening.list",
  suppressions: "suppression.read",
  violations: "violation.read",
} as const satisfies Record<ViewedList, Action>;

/** The most views that a member may save for one list. */
export const MAX_SAVED_VIEWS = 30;

const isInstantOrId = (text: string) =>
  z.iso.datetime({ offset: true }).safeParse(text).success ||
  /^([a-z]+\.)?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** A day such as 2026-03-01, which has as many digits as a short phone number. */
const days = /(?<!\p{Nd})20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\p{Nd})/gu;

/**
 * True if a text may hold a phone number: seven digits or more without a letter between them, apart from days, instants
 * and ids. Views are kept after a person was erased, so they must hold none.
 */
export const mayHoldPhone = (text: string): boolean =>
  !isInstantOrId(text) && /\p{Nd}(?:[^\p{L}\p{Nd}]*\p{Nd}){6}/u.test(text.replaceAll(days, "day"));

const hasNoPhone = (text: string) => !mayHoldPhone(text);

/** Name of a view. */
const ViewName = storableText(60).min(1).refine(hasNoPhone, "saved-view.phone");

/** Filters as the address of a list writes them. A search for a person cannot be saved. */
export const ViewFilters = z
  .record(
    z.string().regex(/^[a-z]{1,32}$/),
    z.string().max(200).refine(hasNoPhone, "saved-view.phone"),
  )
  .refine((filters) => !Object.hasOwn(filters, "find"), "saved-view.search")
  .refine((filters) => Object.keys(filters).length > 0, "saved-view.no-filters")
  .refine((filters) => Object.keys(filters).length <= 12);
export type ViewFilters = z.infer<typeof ViewFilters>;

/** Saves the filters of a list under a name, for the member or for all members who see the list. */
export const AddSavedView = z.strictObject({
  list: ViewedList,
  name: ViewName,
  filters: ViewFilters,
  isShared: z.boolean(),
});
export type AddSavedView = z.infer<typeof AddSavedView>;

export const RenameSavedView = z.strictObject({ id: SavedViewId, name: ViewName });
export const OneSavedView = z.strictObject({ id: SavedViewId });
