import { z } from "zod";
import { PurposeKey } from "../purpose/index.ts";

/** What dials. */
export const Dialer = z.enum(["live_agent", "predictive", "prerecorded", "ai_voice"]);
export type Dialer = z.infer<typeof Dialer>;

/** One call to be screened, as a request says it (contract 3). */
export const ScreenCall = z.strictObject({
  /** As people write it; what is no number is answered, not rejected. */
  phone: z.string().max(64),
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  purpose: PurposeKey,
  /** Key or id; left out, the organization's only seller. */
  seller: z.string().max(64).optional(),
  dialer: Dialer.optional(),
  /** Makes it a what-if. */
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  campaign: z.string().max(128).optional(),
});
export type ScreenCall = z.infer<typeof ScreenCall>;
