import { z } from "zod";
import { withMessage } from "../message/index.ts";

/** Earliest and latest plausible instant. Anything outside is a mistake, or a field left at zero. */
const EARLIEST = new Date("1900-01-01T00:00:00Z");
const LATEST = new Date("9999-12-31T00:00:00Z");

/** True from 1900 up to 9999-12-31. */
export const isPlausible = (at: Date) => at >= EARLIEST && at <= LATEST;

/** An instant in RFC 3339, with `Z` or an offset. `t` and `z` may be lower case (5.6). */
export const WrittenInstant = z
  .string()
  .toUpperCase()
  .check(z.iso.datetime({ offset: true }))
  .transform((text) => new Date(text));

/** The same, but only if the instant is plausible. */
export const Instant = WrittenInstant.refine(isPlausible, withMessage("fault.instant-odd"));
