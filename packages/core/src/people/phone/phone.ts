import { z } from "zod";

/** A phone number in E.164 format: `+12015550100`. */
export const Phone = z.e164().brand<"Phone">();
export type Phone = z.infer<typeof Phone>;

/**
 * A number as people and systems write it: text, a number, or null. `readPhone` decides whether it is
 * valid, so that an invalid one gets an answer instead of a rejected request.
 */
export const WrittenPhone = z.union([
  z.string(),
  z.number().transform(String),
  z.null().transform(() => ""),
]);

/** ISO 3166-1 alpha-2 in any case: the country of a number written without its calling code. */
export const Region = z
  .string()
  .regex(/^[A-Za-z]{2}$/)
  .toUpperCase();
export type Region = z.infer<typeof Region>;

/** `unknown`: neither the numbering plan nor a look-up says what the line is. */
export const LineType = z.enum(["landline", "wireless", "voip", "unknown"]);
export type LineType = z.infer<typeof LineType>;

/** Whose phone it is, as laws distinguish people who are called. */
export const CalledParty = z.enum(["individual", "sole_trader", "corporate"]);
export type CalledParty = z.infer<typeof CalledParty>;

// Tables and files hold a number as an integer, its E.164 digits. Fifteen digits at most, so it is exact.

/** Throws if the digits are not an E.164 number. */
export const phoneFromDigits = (digits: number): Phone => Phone.parse(`+${digits}`);

export const toDigits = (phone: Phone): number => Number(phone.slice(1));

/** Means of reaching a person. A consent names its channels. */
export const Channel = z.enum([
  "voice_live",
  "voice_autodialed",
  "voice_prerecorded",
  "voice_ai",
  "sms",
  "email",
]);
export type Channel = z.infer<typeof Channel>;
