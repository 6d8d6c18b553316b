import type { Message } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { allow } from "../../platform/access/allow.ts";
import { findFlow, isBusy, noteRefusal, type Visitor } from "../burst/note-refusal.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { optOut } from "./opt-out.ts";

export type RefuseOnPage = Pick<RecordOptOut, "phone" | "scope"> & { visitor: Visitor };

/** `receipt` is a link that opens it; null where there is nothing to keep. */
export type RefusedOnPage =
  | { receipt: string | null; fault?: never }
  | { fault: Message; receipt?: never };

/**
 * Records an opt-out for a number that a visitor types; it is in force when this returns (contract 6). Nobody
 * checks who they are, so the receipt covers this opt-out alone and reveals no earlier one. If an address
 * sends very many requests, it gets no receipts, and an opt-out already in force is not recorded again; a new
 * one still is.
 */
export async function refuseOnPage(
  ctx: ServiceContext,
  { phone, scope, visitor }: RefuseOnPage,
): Promise<RefusedOnPage> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { keys, organizationId } = ctx;
    if (phone === "") return { fault: { key: "phone.empty" } }; // nobody could find out whose it is
    const flow = await findFlow(ctx, visitor);
    const isClick = await isBusy(ctx, flow);
    const said = { phone, scope, channel: "web" } as const;
    const { answer, fault } = await optOut(ctx, said, { isClick, isAnonymous: true });
    const { id, isNew } = answer ?? { id: null, isNew: true };
    await noteRefusal(ctx, flow, { optOutId: id, isNew });
    if (fault) return { fault };
    const link = { organizationId, id: answer.id };
    return { receipt: isClick ? null : writeLink(keys, "receipt link", link) };
  });
}
