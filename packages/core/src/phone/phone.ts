import { z } from "zod";

/** A number as E.164 writes it: `+12015550100`. */
export const Phone = z.e164().brand<"Phone">();
export type Phone = z.infer<typeof Phone>;

/** ISO 3166-1 alpha-2, in capitals or not: the country of a number that is written without its code. */
export const Region = z
  .string()
  .regex(/^[A-Za-z]{2}$/)
  .toUpperCase();
export type Region = z.infer<typeof Region>;

export const LineType = z.enum(["landline", "wireless", "voip", "unknown"]);
export type LineType = z.infer<typeof LineType>;

export const CalledParty = z.enum(["individual", "sole_trader", "corporate"]);
export type CalledParty = z.infer<typeof CalledParty>;
