import type { MemberEvent } from "@ringfence/core/account/member";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";

type NewEvent = Pick<MemberEvent, "memberId" | "kind"> & { isShown?: boolean };

/** Records an event that decides later whether two members are independent. */
export const recordMemberEvent = async (
  { db, organizationId, actor, now }: TransactionContext,
  { memberId, kind, isShown = false }: NewEvent,
): Promise<void> => {
  await db.memberEvent.create({
    data: { organizationId, memberId, kind, isShown, at: now, actor: actorOnRecord(actor) },
  });
};
