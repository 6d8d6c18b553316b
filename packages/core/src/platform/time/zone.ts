import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { said } from "../message/index.ts";

/** The IANA name of a zone, such as `Europe/Moscow`; an offset is no name of a place. */
export const Zone = z.string().max(64).refine(isZone, said("contact.zone-unknown"));
export type Zone = z.infer<typeof Zone>;

function isZone(name: string) {
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
