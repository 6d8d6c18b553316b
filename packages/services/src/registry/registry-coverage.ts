import { RegistryId } from "@ringfence/core/ids";
import { namedRegistries } from "@ringfence/core/jurisdiction";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { namesOf } from "../member/names-of.ts";

/** The registries that rules in force name today, and which of them the organization has connected, or had. */
export async function registryCoverage(ctx: ServiceContext) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.registry.findMany({
      where: { organizationId },
      select: { id: true, code: true, disconnectedAt: true },
    });
    const reasons = await db.unreadReason.findMany({ where: { organizationId, until: null } });
    const names = await namesOf(
      ctx,
      reasons.map(({ memberId }) => memberId),
    );
    const silencedBy = new Map(
      reasons.map(({ id, code, reason, memberId, from: at }) => {
        const by = names.get(memberId) ?? null;
        return [code, { id, reason, by, at }] as const;
      }),
    );
    const rowOf = new Map(rows.map((row) => [row.code, row]));
    return namedRegistries(now.toISOString().slice(0, 10)).map((registry) => {
      const row = rowOf.get(registry.code);
      const id = row ? RegistryId.parse(row.id) : null;
      const isConnected = row?.disconnectedAt === null;
      return {
        ...registry,
        registryId: isConnected ? id : null,
        /** Of one that was disconnected, and can be connected again. */
        disconnectedId: isConnected ? null : id,
        /** Who signed why it is not connected, where that silences a warning. */
        silenced: silencedBy.get(registry.code) ?? null,
      };
    });
  });
}

export type CoveredRegistry = Awaited<ReturnType<typeof registryCoverage>>[number];
