import { z } from "zod";

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
