import { z } from "zod";

/** Technology that places the call. */
export const Dialer = z.enum(["live_agent", "predictive", "prerecorded", "ai_voice"]);
export type Dialer = z.infer<typeof Dialer>;
