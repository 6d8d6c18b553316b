import { z } from "zod";

/** A number as E.164 writes it: `+12015550100`. */
export const Phone = z.e164().brand<"Phone">();
export type Phone = z.infer<typeof Phone>;

/**
 * A number as people and their systems write it: a text, an amount, or nothing at all. Of which length it
 * is and whether it is a number, `readPhone` says, so that what is none is answered and not turned away.
 */
export const WrittenPhone = z.union([
  z.string(),
  z.number().transform(String),
  z.null().transform(() => ""),
]);

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

// A number in tables and files is its E.164 digits as an integer: fifteen at most, so that it is exact.

/** Throws for digits that are no E.164 number. */
export const phoneFromDigits = (digits: number): Phone => Phone.parse(`+${digits}`);

export const toDigits = (phone: Phone): number => Number(phone.slice(1));
