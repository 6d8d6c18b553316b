import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { recordRefusal } from "./record-refusal.ts";

/** By the page of a link, or by the mail program that shows our mail (RFC 8058). */
export type RefuseByLink = { scope?: RecordOptOut["scope"]; channel: "web" | "email" };

/**
 * A person refuses calls by a link that we gave them, also when their number was erased since. By mail
 * it may be sent again by machines, and is then one.
 */
export const refuseByLink = command({
  name: "refuseByLink",
  action: "opt-out.record",
  input: z.custom<RefuseByLink>(),
  run: async (ctx, { scope, channel }): Promise<{ receipt: string }> => {
    const { keys, organizationId } = ctx;
    const isClick = channel === "email";
    const { id } = await recordRefusal(ctx, actingPerson(ctx), { scope, channel }, { isClick });
    return { receipt: writeLink(keys, "receipt link", { organizationId, id }) };
  },
  audit: "by run",
});
