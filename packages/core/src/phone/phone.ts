import { z } from "zod";

/** A number as E.164 writes it: `+12015550100`. */
export const Phone = z.e164().brand<"Phone">();
export type Phone = z.infer<typeof Phone>;

export const LineType = z.enum(["landline", "wireless", "voip", "unknown"]);
export type LineType = z.infer<typeof LineType>;

export const CalledParty = z.enum(["individual", "sole_trader", "corporate"]);
export type CalledParty = z.infer<typeof CalledParty>;
