import { isSupportedCountry } from "libphonenumber-js/min";
import { z } from "zod";
import { type Locale, said } from "../../platform/message/index.ts";
import { Dialer } from "./dialer.ts";
import { Name } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";
import { OrganizationHours } from "./organization-hours.ts";

/** ISO 3166-1 alpha-2 of a country that has numbers, in capitals or not. */
export const HomeRegion = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code): boolean => isSupportedCountry(code), said("organization.region-unknown"));

/** What an organization decides about itself. It counts from the next request on. */
export const OrganizationWords = z.object({
  name: Name,
  /** The country of numbers that are written without its code. */
  homeRegion: HomeRegion,
  /** Where its days and nights begin. */
  zone: Zone,
  locale: z.enum(["en", "ru"] satisfies Locale[]),
  /** What dials where a request does not say. */
  dialer: Dialer,
  /** Null: as the law says, and as the product comes where it says nothing. */
  hours: OrganizationHours.nullable(),
});
export type OrganizationWords = z.infer<typeof OrganizationWords>;

/** What it is from now on; and what it was when the page was opened, where that is to hold still. */
export const ChangeOrganization = OrganizationWords.extend({
  before: OrganizationWords.exactOptional(),
});
export type ChangeOrganization = z.infer<typeof ChangeOrganization>;
