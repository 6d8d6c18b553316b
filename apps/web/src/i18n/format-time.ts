/** The one format of times, which the texts of core use too. */
export {
  type Precision,
  formatClock,
  formatDate,
  formatShortDay,
  formatInstant,
  zoneCity,
  zoneLabel,
} from "@ringfence/core/platform/message";

/** Formats the IANA name of a zone: `America/New_York` as `America/New York`. */
export const formatZone = (zone: string) => zone.replaceAll("_", " ");
