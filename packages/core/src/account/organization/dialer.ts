import { z } from "zod";

/** What dials. */
export const Dialer = z.enum(["live_agent", "predictive", "prerecorded", "ai_voice"]);
export type Dialer = z.infer<typeof Dialer>;
