import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { WrittenPhone } from "../phone/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";
import { ActivityTypeKey } from "./activity-type.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../jurisdiction/canonical-json.ts";

const isWritten = (text: string) => /^\d{1,12}(\.\d{1,2})?$/.test(text);
const isHundredths = (amount: number) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-3;

/** A price or a sum: of a file it is text. To the hundredth, so that sums are exact. */
export const Amount = z
  .union([z.number(), z.string().max(24)])
  .refine((sent) => typeof sent === "number" || isWritten(sent), said("activity.amount-unread"))
  .transform(Number)
  .refine((amount) => amount >= 0 && amount <= 1e12, said("activity.amount-odd"))
  .refine((amount) => isHundredths(amount), said("activity.amount-fine"));

/** An empty text says nothing, as one that is left out. */
const field = (maxLength: number) =>
  storableText(maxLength)
    .transform((text) => text || undefined)
    .optional();

/** One thing of a purchase. */
export const Item = z.strictObject({
  name: field(256),
  sku: field(128),
  category: field(128),
  quantity: z.number().positive().max(1e6).default(1),
  /** Of one. */
  price: Amount.optional(),
});
export type Item = z.infer<typeof Item>;

/** What a person did, as a request or a file tells of it. */
export const ActivityRow = z.strictObject({
  /** The sender's own id of it (an order number), by which one that comes again is recognized. */
  externalId: field(128),
  /** Who it was: the external id of a contact, or else a phone, or else an e-mail address. */
  contact: field(128),
  phone: WrittenPhone.optional(),
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  email: field(254),
  type: ActivityTypeKey,
  at: Instant,
  amount: Amount.optional(),
  category: field(128),
  items: z.array(Item).max(200, said("activity.items-many")).optional(),
  /** By the names that its type has. */
  properties: z
    .record(z.string(), z.union([storableText(500), z.number(), z.boolean()]))
    .default({}),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

/** An activity as it is kept: `amount` in hundredths, whole. */
export type Activity = {
  type: ActivityTypeKey;
  at: Date;
  amount: number | null;
  category: string | null;
  properties: ActivityProperties;
};

/** Dates as `2026-03-01`; prices of items in hundredths. */
export type ActivityProperties = {
  [name: string]: string | number | boolean | readonly Item[];
};

/**
 * What an activity is recognized by when it comes again: the sender's id; without one, all that it
 * says of one person, so that the same line sent twice counts once.
 */
export function createActivityKey(
  externalId: string | undefined,
  contactOrdinal: number,
  { at, type, amount, category, properties }: Activity,
): string {
  if (externalId !== undefined) return externalId;
  const said = { contactOrdinal, at: at.toISOString(), type, amount, category, properties };
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(said)))).slice(0, 40)}`;
}
