import { z } from "zod";
import { DisclosureId } from "../../platform/ids.ts";
import { Region, WrittenPhone } from "../../people/phone/index.ts";

/** One disclosure as the person met it. */
export const AskedOnPage = z.strictObject({
  id: DisclosureId,
  version: z.int().min(1),
  /** The words that stood on the page. */
  text: z.string().max(20_000),
  /** The state of its box as the page opened, and as the form was sent. */
  wasChecked: z.boolean(),
  isChecked: z.boolean(),
});
export type AskedOnPage = z.infer<typeof AskedOnPage>;

/** The page as the person met it: what it said, and how its controls stood; none of what they typed. */
export const PageSnapshot = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  title: z.string().max(500),
  language: z.string().max(35),
  /** All words of the form. */
  text: z.string().max(24_000),
  controls: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        type: z.string().max(40),
        isChecked: z.boolean().optional(),
        isFilled: z.boolean().optional(),
        isVisible: z.boolean(),
      }),
    )
    .max(100),
  width: z.int().min(0).max(100_000),
  height: z.int().min(0).max(100_000),
});
export type PageSnapshot = z.infer<typeof PageSnapshot>;

/** What the hosted page showed. It comes back unchanged with the form, because the token seals it. */
export const HostedPage = PageSnapshot.pick({
  url: true,
  title: true,
  language: true,
  text: true,
}).extend({
  /** Asked on it, in this order. */
  disclosures: z
    .array(AskedOnPage.pick({ id: true, version: true }))
    .min(1)
    .max(20),
});
export type HostedPage = z.infer<typeof HostedPage>;

/** Fields that a person fills in on the hosted page. */
export const HostedFields = z.strictObject({
  phone: WrittenPhone,
  name: z.string().trim().max(200).optional(),
  email: z.email().max(254).optional(),
  /** The disclosures whose boxes are ticked. */
  ticked: z.array(z.string().max(100)).max(20),
});
export type HostedFields = z.infer<typeof HostedFields>;

/** Place where a form was filled in: on the hosted page, or on a page of one of its origins. */
export const FormPlacement = z.strictObject({
  type: z.enum(["hosted", "embedded"]),
  origin: z.string(),
});
export type FormPlacement = z.infer<typeof FormPlacement>;

/** What a person sends by a form. Of time it says only how long it was open: the server has a clock. */
export const Submission = z.strictObject({
  /** As the door gave it, once. */
  token: z.string().max(300),
  /** When the door says that it gave the token. */
  issuedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** How long the form was open by the page's own count. */
  elapsedMs: z.int().min(0),
  phone: WrittenPhone,
  /** How a number without `+` is read. */
  region: Region.optional(),
  name: z.string().trim().max(200).optional(),
  email: z.email().max(254).optional(),
  asked: z.array(AskedOnPage).min(1).max(20),
  page: PageSnapshot,
});
export type Submission = z.infer<typeof Submission>;
