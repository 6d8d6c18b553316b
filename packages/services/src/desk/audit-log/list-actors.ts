import { jobNames } from "@ringfence/core/platform/access";
import type { AuditActor } from "@ringfence/core/platform/audit";
import { query } from "../../platform/internal.ts";

/** An actor whose entries can be searched for. A job has no name besides its id. */
export type AuditActorView = AuditActor & {
  name: string | null;
  /** True for a removed member and a revoked key. Their entries stay. */
  hasEnded: boolean;
};

/** Lists members and API keys, also former ones, by name, and then jobs. Whoever may read the trail may search by any. */
export const listAuditActors = query({
  name: "listAuditActors",
  action: "audit.read",
  run: async ({ db, organizationId }): Promise<AuditActorView[]> => {
    const where = { organizationId };
    const orderBy = [{ name: "asc" }, { id: "asc" }] as const;
    const members = await db.member.findMany({ where, orderBy: [...orderBy] });
    const keys = await db.apiKey.findMany({ where, orderBy: [...orderBy] });
    return [
      ...members.map(({ id, name, removedAt }) => ({
        type: "member" as const,
        id,
        name,
        hasEnded: removedAt !== null,
      })),
      ...keys.map(({ id, name, revokedAt }) => ({
        type: "key" as const,
        id,
        name,
        hasEnded: revokedAt !== null,
      })),
      ...jobNames.map((id) => ({ type: "job" as const, id, name: null, hasEnded: false })),
    ];
  },
  audit: "none",
});
