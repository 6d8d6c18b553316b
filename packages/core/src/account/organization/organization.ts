import { z } from "zod";
import { OpenWindow, Zone } from "../../platform/time/index.ts";
import { isSupportedCountry } from "libphonenumber-js/min";
import { type Locale, withMessage } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";
import { Email } from "../member/index.ts";
import type { PurposeKey, PurposeKind } from "../purpose/index.ts";
import { Sector } from "../seller/index.ts";

/** Technology that places the call. */
export const Dialer = z.enum(["live_agent", "predictive", "prerecorded", "ai_voice"]);
export type Dialer = z.infer<typeof Dialer>;

/**
 * Hours in which an organization calls, in the time zone of the person called. Every campaign keeps them.
 * They apply in addition to the law, so they can only narrow its hours.
 */
export const OrganizationHours = z.strictObject({
  windows: z.array(OpenWindow).length(1),
  /** True if nobody is called on public holidays of their country. */
  holidaysClosed: z.boolean(),
});
export type OrganizationHours = z.infer<typeof OrganizationHours>;

/** ISO 3166-1 alpha-2 of a country that has numbers, in capitals or not. */
export const HomeRegion = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code): boolean => isSupportedCountry(code), withMessage("organization.region-unknown"));

/** An organization's settings. A change takes effect with the next request. */
export const OrganizationSettings = z.object({
  name: Name,
  /** The country of numbers that are written without its code. */
  homeRegion: HomeRegion,
  /** Time zone in which its days begin. */
  zone: Zone,
  locale: z.enum(["en", "ru"] satisfies Locale[]),
  /** Dialer assumed if a request names none. */
  dialer: Dialer,
  /** Null if calling hours are those of the law, or the default hours where the law sets none. */
  hours: OrganizationHours.nullable(),
  /** Days in which it answers a complaint where no law is known. */
  complaintDays: z.int().min(1).max(90),
});
export type OrganizationSettings = z.infer<typeof OrganizationSettings>;

/** New values. `before`: those shown when the page was opened, to detect a concurrent change. */
export const ChangeOrganization = OrganizationSettings.extend({
  before: OrganizationSettings.exactOptional(),
});
export type ChangeOrganization = z.infer<typeof ChangeOrganization>;

/** A new organization with its first seller and its owner. */
export const CreateOrganization = OrganizationSettings.omit({
  dialer: true,
  hours: true,
  complaintDays: true,
}).extend({
  seller: z.object({ name: Name, sector: Sector.default("other") }),
  owner: z.object({ name: Name, email: Email }),
});
export type CreateOrganization = z.infer<typeof CreateOrganization>;

type FirstPurpose = { key: PurposeKey; kind: PurposeKind; name: Record<"en" | "ru", string> };

/** Purposes that every organization starts with, named in its language. */
export const firstPurposes: readonly FirstPurpose[] = [
  { key: "marketing", kind: "promotional", name: { en: "Marketing", ru: "Реклама" } },
  { key: "service", kind: "service", name: { en: "Service", ru: "Обслуживание" } },
  { key: "survey", kind: "survey", name: { en: "Surveys", ru: "Опросы" } },
];
