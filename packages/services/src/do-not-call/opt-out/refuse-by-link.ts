import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { recordRefusal } from "./record-refusal.ts";

/** By the page of a link, or by the mail program that shows our mail (RFC 8058). */
export type RefuseByLink = { scope?: RecordOptOut["scope"]; channel: "web" | "email" };

/**
 * A person refuses calls by a link that we gave them, also when their number was erased since. By mail
 * it may be sent again by machines, and is then one.
 */
export async function refuseByLink(
  ctx: ServiceContext,
  { scope, channel }: RefuseByLink,
): Promise<{ receipt: string }> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { keys, organizationId } = ctx;
    const isClick = channel === "email";
    const { id } = await recordRefusal(ctx, actingPerson(ctx), { scope, channel }, { isClick });
    return { receipt: writeLink(keys, "receipt link", { organizationId, id }) };
  });
}
