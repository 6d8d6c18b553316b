import { z } from "zod";
import { OfferId } from "../../platform/ids.ts";
import { Phone } from "../../people/phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { HandOverCursor } from "./campaign.ts";

/** Permission to call one person, and what to say. */
const HandedOverCall = z.object({
  phone: Phone,
  permit: z.string(),
  expiresAt: z.date(),
  /** ID that the dialer repeats in its log. */
  screening: z.uuid(),
  /** The organization's own ID for the person. */
  contact: z.string().nullable(),
  language: z.string(),
  script: z.string(),
  /** The offer of the campaign that fits the person best. */
  offer: z.object({ id: OfferId, name: z.string() }),
});
export type HandedOverCall = z.infer<typeof HandedOverCall>;

/** A page of the calls of a running campaign. */
export const HandedOver = z
  .object({
    campaign: z.object({
      key: z.string(),
      name: z.string(),
      seller: z.string(),
      purpose: z.string(),
      dialer: Dialer,
      callerNumber: z.string(),
      label: z.string(),
    }),
    items: HandedOverCall.array(),
    /** People of the page who may not be called now. */
    leftOut: z.int(),
    /** Cursor to request this page again, with fresh permits. */
    page: HandOverCursor,
    /** Cursor of the next page. Null after the last. */
    next: HandOverCursor.nullable(),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof HandedOver>;
