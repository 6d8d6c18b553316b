import { z } from "zod";
import { warnsWhenUnread } from "../../people/jurisdiction/index.ts";
import { said } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** Silences warnings of a registry that is not connected, for an officer's reason. Never lifts a refusal. */
export const SilenceUnread = z.object({
  code: z.string().refine(warnsWhenUnread, said("registry.unread-refuses")),
  reason: storableText(500).min(10, said("jurisdiction.reason-short")),
});
export type SilenceUnread = z.infer<typeof SilenceUnread>;

/** Turns these warnings on again. */
export const UnsilenceUnread = z.object({ id: z.uuid() });
export type UnsilenceUnread = z.infer<typeof UnsilenceUnread>;
