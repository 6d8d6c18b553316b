import { z } from "zod";
import { warnsWhenUnread } from "../jurisdiction/index.ts";
import { said } from "../message/index.ts";
import { storableText } from "../text/index.ts";

/** An officer's reason why a registry is not connected: it silences warnings of it, and no refusal. */
export const SilenceUnread = z.object({
  code: z.string().refine(warnsWhenUnread, said("registry.unread-refuses")),
  reason: storableText(500).min(10, said("jurisdiction.reason-short")),
});
export type SilenceUnread = z.infer<typeof SilenceUnread>;

/** Lets calls be warned of again. */
export const UnsilenceUnread = z.object({ id: z.uuid() });
export type UnsilenceUnread = z.infer<typeof UnsilenceUnread>;
