import { query } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { namedRegistries } from "@ringfence/core/people/jurisdiction";
import { namesOf } from "../../account/member/names-of.ts";

/**
 * Lists the registries that rules in force name today, with those that the organization has, or had,
 * connected.
 */
export const registryCoverage = query({
  name: "registryCoverage",
  action: "registry.read",
  run: async (ctx) => {
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
        /** Id of a disconnected registry that can be reconnected. */
        disconnectedId: isConnected ? null : id,
        /** Signed reason why it is not connected, if one silences its warning. */
        silenced: silencedBy.get(registry.code) ?? null,
      };
    });
  },
  audit: "by run",
});

export type CoveredRegistry = Awaited<ReturnType<typeof registryCoverage>>[number];
