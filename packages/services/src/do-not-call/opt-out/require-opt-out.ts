import { OptOutId, PhoneId, SellerId } from "@ringfence/core/ids";
import { OptOutChannel, scopeOf } from "@ringfence/core/do-not-call/opt-out";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { NewOptOut } from "./new-opt-out.ts";

export type OptOutFound = NewOptOut & {
  id: OptOutId;
  at: Date;
  reference: string;
  /** Who put it on record, as the row says it. */
  actor: unknown;
};

/** A refusal as it was recorded, which nothing changes. Another organization's looks the same as none. */
export async function requireOptOut(
  { db, organizationId }: TransactionContext,
  id: OptOutId,
): Promise<OptOutFound> {
  const [optOut] = await findOptOuts({ db, organizationId }, [id]);
  if (optOut === undefined) throw new ServiceError("not-found", { key: "opt-out.not-found" });
  return optOut;
}

/** Finds the opt-outs with these ids that the organization has recorded. */
export async function findOptOuts(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  ids: readonly string[],
): Promise<OptOutFound[]> {
  const rows = await db.optOut.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { notes: { select: { text: true, recording: true } } },
  });
  return rows.map((row) => ({
    id: OptOutId.parse(row.id),
    phoneId: PhoneId.parse(row.phoneId),
    scope: scopeOf({ ...row, sellerId: SellerId.nullable().parse(row.sellerId) }),
    channel: OptOutChannel.parse(row.channel),
    at: row.at,
    reference: row.reference,
    actor: row.actor,
    note: row.notes[0]?.text ?? undefined,
    recording: row.notes[0]?.recording ?? undefined,
  }));
}
