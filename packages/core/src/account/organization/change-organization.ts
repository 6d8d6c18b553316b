import { isSupportedCountry } from "libphonenumber-js/min";
import { z } from "zod";
import { type Locale, withMessage } from "../../platform/message/index.ts";
import { Dialer } from "./dialer.ts";
import { Name } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";
import { OrganizationHours } from "./organization-hours.ts";

/** ISO 3166-1 alpha-2 of a country that has numbers, in capitals or not. */
export const HomeRegion = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code): boolean => isSupportedCountry(code), withMessage("organization.region-unknown"));

/** An organization's settings. They count from the next request on. */
export const OrganizationWords = z.object({
  name: Name,
  /** The country of numbers that are written without its code. */
  homeRegion: HomeRegion,
  /** Time zone in which its days begin. */
  zone: Zone,
  locale: z.enum(["en", "ru"] satisfies Locale[]),
  /** Dialer assumed if a request names none. */
  dialer: Dialer,
  /** Null: as the law says, and as the product comes where it says nothing. */
  hours: OrganizationHours.nullable(),
});
export type OrganizationWords = z.infer<typeof OrganizationWords>;

/** New values. `before`: those shown when the page was opened, to detect a concurrent change. */
export const ChangeOrganization = OrganizationWords.extend({
  before: OrganizationWords.exactOptional(),
});
export type ChangeOrganization = z.infer<typeof ChangeOrganization>;
