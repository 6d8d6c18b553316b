import { z } from "zod";
import { OfferId } from "../../platform/ids.ts";
import { Phone } from "../../people/phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { HandOverCursor } from "./campaign.ts";

/** Leave to call one person, until it ends, and what to say. */
const HandedOverCall = z.object({
  phone: Phone,
  permit: z.string(),
  expiresAt: z.date(),
  /** By which the dialer's log names it again. */
  screening: z.uuid(),
  /** The organization's own name for the person. */
  contact: z.string().nullable(),
  language: z.string(),
  script: z.string(),
  /** Of those of the campaign, the one that fits the person best. */
  offer: z.object({ id: OfferId, name: z.string() }),
});
export type HandedOverCall = z.infer<typeof HandedOverCall>;

/** A page of the calls of a campaign that runs. */
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
    /** By which this page is asked for again, with fresh permits. */
    page: HandOverCursor,
    /** Where the next page begins; null after the last. */
    next: HandOverCursor.nullable(),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof HandedOver>;
