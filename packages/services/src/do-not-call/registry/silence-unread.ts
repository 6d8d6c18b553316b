import { command } from "../../platform/verb.ts";
import { SilenceUnread, UnsilenceUnread } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/**
 * Records a signed reason why a registry with `unread: warn` is not connected. Calls get no warning about it
 * any more.
 */
export const silenceUnread = command({
  name: "silenceUnread",
  action: "registry.change",
  input: SilenceUnread,
  run: async (ctx, { code, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now } = ctx;
    const [row] = await db.$queryRaw<{ id: string }[]>`
      INSERT INTO unread_reason (organization_id, id, code, reason, member_id, "from")
      VALUES (${organizationId}::uuid, uuid7(), ${code}, ${reason}, ${requireSelf(ctx)}::uuid, ${now})
      ON CONFLICT (organization_id, code) WHERE until IS NULL DO NOTHING
      RETURNING id`;
    if (row === undefined) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "registry.change", { change: "warning-silenced", code });
    return row;
  },
  audit: "by run",
});

/** Ends the silence: calls get the warning again from now on. */
export const unsilenceUnread = command({
  name: "unsilenceUnread",
  action: "registry.change",
  input: UnsilenceUnread,
  run: async (ctx, { id }): Promise<void> => {
    const { db, organizationId, now: until } = ctx;
    const [ended] = await db.unreadReason.updateManyAndReturn({
      where: { organizationId, id, until: null },
      data: { until },
      select: { code: true },
    });
    if (ended === undefined)
      throw new ServiceError("not-found", { key: "error.changed-meanwhile" });
    await appendAudit(ctx, "registry.change", { change: "warning-restored", code: ended.code });
  },
  audit: "by run",
});
