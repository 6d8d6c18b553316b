import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { instantIn } from "../../platform/time/index.ts";

/** A clock reading as Asterisk and MySQL write it, without a zone. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, said("call.time-unreadable"))
  .refine((text) => instantIn("UTC", isoOf(text)) !== null, said("call.time-unreadable"));

/** The instant of such a reading (RFC 3339). Of an hour that clocks repeat, the first. */
export function instantOf(reading: z.infer<typeof LocalTime>, zone: string): string {
  const instant = instantIn(zone, isoOf(reading));
  if (instant === null) throw new Error("a clock reading that was checked, and is none");
  return instant.toISOString();
}

const isoOf = (text: string) => text.replace(" ", "T");
