import { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { command, requirePersonPhone, requirePhone } from "../../platform/internal.ts";
import { recordPreferences } from "../../do-not-call/call-preference/internal.ts";

/**
 * Records when and how the acting person takes calls. Every screening obeys from now on. A person who opened the record
 * by a code sent to the phone replaces earlier choices; anybody else adds a choice, and earlier ones stay in force.
 */
export const chooseCallPreferences = command({
  name: "chooseCallPreferences",
  action: "own-record.choose",
  input: CallPreferences,
  run: async (ctx, chosen) => {
    const phoneId = requirePersonPhone(ctx);
    await requirePhone(ctx, phoneId);
    const isProven = ctx.actor.type === "person" && ctx.actor.code === "sms";
    return { phoneId, isProven, id: await recordPreferences(ctx, phoneId, chosen, { isProven }) };
  },
  audit: ({ phoneId, isProven, id: callPreferenceId }) => ({ phoneId, callPreferenceId, isProven }),
  answer: ({ id }) => ({ id }),
});
