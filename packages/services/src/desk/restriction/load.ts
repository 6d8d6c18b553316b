import { LiftingReason, RestrictionGround } from "@ringfence/core/desk/restriction";
import type { ContactId } from "@ringfence/core/ids";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
} from "../../platform/internal.ts";

/** A restriction of a contact, in force or lifted. */
export type RestrictionView = {
  ground: RestrictionGround;
  at: Date;
  by: NamedActor | null;
  /** Null while it is in force. */
  end: { reason: LiftingReason; at: Date; by: NamedActor | null } | null;
};

/** Loads the restrictions of a contact, newest first. At most one of them is in force. */
export async function loadRestrictions(
  ctx: TransactionContext,
  contactId: ContactId,
): Promise<RestrictionView[]> {
  const { db, organizationId } = ctx;
  const rows = await db.contactRestriction.findMany({
    where: { organizationId, contactId },
    orderBy: { id: "desc" },
    include: { end: true },
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.flatMap(({ actor, end }) => [actor, end?.actor]),
  );
  return rows.map(({ ground, at, actor, end }) => ({
    ground: RestrictionGround.parse(ground),
    at,
    by: nameActor(actor),
    end: end && { reason: LiftingReason.parse(end.reason), at: end.at, by: nameActor(end.actor) },
  }));
}
