import { query } from "../../platform/verb.ts";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
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
export const listEmergencies = query({
  name: "listEmergencies",
  action: "rule.read",
  run: async (ctx): Promise<EmergencyListed[]> => {
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
  },
  audit: "by run",
});
