import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { namesOf } from "../../account/member/names-of.ts";

export type EmergencyListed = {
  id: string;
  jurisdiction: JurisdictionId;
  from: Date;
  /** Who declared it; null for whom nobody knows any more. */
  by: string | null;
  /** Null if it was declared before a reason was required. */
  reason: string | null;
};

/** The emergencies that are declared and not over, the newest first. */
export async function listEmergencies(ctx: ServiceContext): Promise<EmergencyListed[]> {
  allow(ctx, "rule.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.emergency.findMany({
      where: { organizationId, until: null },
      orderBy: { from: "desc" },
    });
    const names = await namesOf(
      ctx,
      rows.map(({ memberId }) => memberId),
    );
    return rows.map(({ id, jurisdiction, from, memberId, reason }) => ({
      id,
      jurisdiction: JurisdictionId.parse(jurisdiction),
      from,
      by: names.get(memberId) ?? null,
      reason,
    }));
  });
}
