import { z } from "zod";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { sql } from "kysely";
import {
  ServiceError,
  command,
  endNow,
  loadMemberNames,
  query,
  requireEnded,
  selectRows,
} from "../../platform/internal.ts";
import { RegistryId } from "@ringfence/core/ids";
import { listRequiredRegistries, warnsWhenUnread } from "@ringfence/core/people/jurisdiction";
import { RestoreWarning, SilenceWarning } from "@ringfence/core/do-not-call/registry";
import { requireMemberId } from "../../account/member/internal.ts";

/**
 * Lists the registries that rules in force name today, and whether the organization has, or had, connected them.
 */
export const listRegistryCoverage = query({
  name: "listRegistryCoverage",
  action: "registry.read",
  run: async (ctx) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.registry.findMany({
      where: { organizationId },
      select: { id: true, code: true, disconnectedAt: true },
    });
    const reasons = await db.unreadReason.findMany({ where: { organizationId, until: null } });
    const names = await loadMemberNames(
      ctx,
      reasons.map(({ memberId }) => memberId),
    );
    const silencedBy = new Map(
      reasons.map(({ id, code, reason, memberId, from: at }) => {
        const by = names.get(memberId) ?? null;
        return [code, { id, reason, by, at }] as const;
      }),
    );
    const rowByCode = new Map(rows.map((row) => [row.code, row]));
    const { book } = await loadLaw(ctx);
    return listRequiredRegistries(book, now.toISOString().slice(0, 10)).map((registry) => {
      const row = rowByCode.get(registry.code);
      const id = row ? RegistryId.parse(row.id) : null;
      const isConnected = row?.disconnectedAt === null;
      return {
        ...registry,
        registryId: isConnected ? id : null,
        /** Id of a disconnected registry that can be reconnected. */
        disconnectedId: isConnected ? null : id,
        /** An officer's reason why it is not connected, if one silences the warning. */
        silenced: silencedBy.get(registry.code) ?? null,
      };
    });
  },
  audit: "none",
});

/** A registry that rules in force name today, whether it is connected, and who silenced the warning about it. */
export type RegistryCoverage = Awaited<ReturnType<typeof listRegistryCoverage>>[number];

/**
 * Records an officer's reason why a registry is not connected whose rules only warn when it is not read (`unread:
 * warn`). From now on, calls get no warning about it. Throws `conflict` if there is such a reason already.
 */
export const silenceWarning = command({
  name: "silenceWarning",
  action: "registry.change",
  input: SilenceWarning,
  run: async (ctx, { code, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now } = ctx;
    if (!warnsWhenUnread((await loadLaw(ctx)).book, code)) {
      throw new ServiceError("invalid-field", { key: "registry.unread-refuses" }, "/code");
    }
    const [row] = await selectRows(
      { db },
      z.object({ id: z.string() }),
      sql`
      INSERT INTO unread_reason (organization_id, id, code, reason, member_id, "from")
      VALUES (${organizationId}::uuid, uuid7(), ${code}, ${reason}, ${requireMemberId(ctx)}::uuid, ${now})
      ON CONFLICT (organization_id, code) WHERE until IS NULL DO NOTHING
      RETURNING id`,
    );
    if (row === undefined) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    return row;
  },
  audit: (_, { code }) => ({ change: "warning-silenced", code }),
});

/** Restores the warning for calls from now on. Throws `conflict` if it was restored already. */
export const restoreWarning = command({
  name: "restoreWarning",
  action: "registry.change",
  input: RestoreWarning,
  run: async (ctx, { id }) => {
    const select = { code: true } as const;
    const ended = await ctx.db.unreadReason.updateManyAndReturn({ ...endNow(ctx, id), select });
    return requireEnded(ended, { key: "error.changed-meanwhile" });
  },
  audit: ({ code }) => ({ change: "warning-restored", code }),
  answer: () => {},
});
