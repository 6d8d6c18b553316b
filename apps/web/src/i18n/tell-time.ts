/** The one format of times, which the texts of core use too. */
export {
  type Precision,
  tellClock,
  tellDate,
  tellShortDay,
  tellTime,
  zoneCity,
  zoneLabel,
} from "@ringfence/core/platform/message";
