import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import { WrittenPhone } from "../phone/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";
import { ActivityTypeKey } from "./activity-type.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../jurisdiction/index.ts";

const isWritten = (text: string) => /^\d{1,12}(\.\d{1,2})?$/.test(text);
/** Exact, because an amount below 10^12 and its two decimals have fewer digits than a double keeps. */
const isHundredths = (amount: number) => Number(amount.toFixed(2)) === amount;

/** A price or a sum, to the hundredth, so that sums are exact. Files send it as text. */
export const Amount = z
  .union([z.number(), z.string().max(24)])
  .refine(
    (sent) => typeof sent === "number" || isWritten(sent),
    withMessage("activity.amount-unread"),
  )
  .transform(Number)
  .refine((amount) => amount >= 0 && amount <= 1e12, withMessage("activity.amount-odd"))
  .refine((amount) => isHundredths(amount), withMessage("activity.amount-fine"));

/** An optional text. Empty counts as left out. */
const field = (maxLength: number) =>
  storableText(maxLength)
    .transform((text) => text || undefined)
    .optional();

/**
 * An erasure replaces the id of an activity by a random one with this prefix. A sender's id must not begin with it, or
 * the activity would be taken for an erased one.
 */
const ERASED_PREFIX = "erased/";

/** An item of a purchase. */
export const Item = z.strictObject({
  name: field(256),
  sku: field(128),
  category: field(128),
  quantity: z.number().positive().max(1e6).default(1),
  /** Price of one piece: as it was sent in an `ActivityRow`, in hundredths in an `Activity`. */
  price: Amount.optional(),
});
export type Item = z.infer<typeof Item>;

/** An activity as a request or a file sends it. */
export const ActivityRow = z.strictObject({
  /** The sender's id, such as an order number. An activity of the same type that arrives again is recognized by it. */
  externalId: field(128).refine(
    (id) => !id?.startsWith(ERASED_PREFIX),
    withMessage("activity.id-reserved"),
  ),
  /** The external id of the contact. Without one, the phone or the e-mail address identifies the person. */
  contact: field(128),
  phone: WrittenPhone.optional(),
  /** ISO 3166-1 alpha-2: the country of a number written without `+`. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  email: field(254),
  type: ActivityTypeKey,
  at: Instant,
  amount: Amount.optional(),
  category: field(128),
  items: z.array(Item).max(200, withMessage("activity.items-many")).optional(),
  /** Values by property name, as the type defines them. */
  properties: z
    .record(z.string(), z.union([storableText(500), z.number(), z.boolean()]))
    .default({}),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

/** An activity as it is stored. `amount` is in hundredths. */
export type Activity = {
  type: ActivityTypeKey;
  at: Date;
  amount: number | null;
  category: string | null;
  properties: ActivityProperties;
};

/**
 * The properties of an activity as they are stored. Dates are texts such as `2026-03-01`. The prices of items are in
 * hundredths, which `readActivityRow` converts them to.
 */
export type ActivityProperties = {
  [name: string]: string | number | boolean | readonly Item[];
};

/**
 * Creates the key that, with the type, recognizes an activity when it is sent again: the sender's id or, without one, a
 * hash of the contact and all that the activity says, so that the same line sent twice counts once.
 */
export function createActivityKey(
  externalId: string | undefined,
  contactOrdinal: number,
  { at, type, amount, category, properties }: Activity,
): string {
  if (externalId !== undefined) return externalId;
  const content = { contactOrdinal, at: at.toISOString(), type, amount, category, properties };
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(content)))).slice(0, 40)}`;
}
