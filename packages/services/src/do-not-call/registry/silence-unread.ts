import type { SilenceUnread, UnsilenceUnread } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/**
 * Records a signed reason why a registry with `unread: warn` is not connected. Calls get no warning about it
 * any more.
 */
export async function silenceUnread(
  ctx: ServiceContext,
  { code, reason }: SilenceUnread,
): Promise<{ id: string }> {
  allow(ctx, "registry.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const [row] = await db.$queryRaw<{ id: string }[]>`
      INSERT INTO unread_reason (organization_id, id, code, reason, member_id, "from")
      VALUES (${organizationId}::uuid, uuid7(), ${code}, ${reason}, ${requireSelf(ctx)}::uuid, ${now})
      ON CONFLICT (organization_id, code) WHERE until IS NULL DO NOTHING
      RETURNING id`;
    if (row === undefined) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "registry.change", { change: "warning-silenced", code });
    return row;
  });
}

/** Ends the silence: calls get the warning again from now on. */
export async function unsilenceUnread(ctx: ServiceContext, { id }: UnsilenceUnread): Promise<void> {
  allow(ctx, "registry.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now: until } = ctx;
    const [ended] = await db.unreadReason.updateManyAndReturn({
      where: { organizationId, id, until: null },
      data: { until },
      select: { code: true },
    });
    if (ended === undefined)
      throw new ServiceError("not-found", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "registry.change", { change: "warning-restored", code: ended.code });
  });
}
