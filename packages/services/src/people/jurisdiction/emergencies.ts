import {
  ServiceError,
  command,
  endNow,
  holdLock,
  loadMemberNames,
  query,
  requireEnded,
} from "../../platform/internal.ts";
import {
  DeclareEmergency,
  EndEmergency,
  JurisdictionId,
  listBooks,
  listJurisdictionsWithEmergencyRules,
} from "@ringfence/core/people/jurisdiction";
import { requireMemberId } from "../../account/member/internal.ts";
import { loadLaw } from "./load-law.ts";

/**
 * Declares an emergency in a jurisdiction. Calls there are judged by its emergency rules until `endEmergency`. Throws
 * `invalid-field` if it has no such rules, and `conflict` if there is an emergency already, because ending one of two
 * would change nothing.
 */
export const declareEmergency = command({
  name: "declareEmergency",
  action: "emergency.declare",
  input: DeclareEmergency,
  run: async (ctx, { jurisdiction, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now: from } = ctx;
    const books = listBooks(await loadLaw(ctx));
    if (!books.flatMap(listJurisdictionsWithEmergencyRules).includes(jurisdiction)) {
      const explanation = {
        key: "jurisdiction.place-no-emergency",
        values: { value: jurisdiction },
      } as const;
      throw new ServiceError("invalid-field", explanation, "/jurisdiction");
    }
    await holdLock(ctx, "emergencies");
    if ((await db.emergency.count({ where: { organizationId, jurisdiction, until: null } })) > 0) {
      throw new ServiceError("conflict", {
        key: "jurisdiction.emergency-declared",
        values: { value: jurisdiction },
      });
    }
    const { id } = await db.emergency.create({
      data: { organizationId, jurisdiction, reason, from, memberId: requireMemberId(ctx) },
    });
    return { id };
  },
  audit: (_, { jurisdiction }) => ({ jurisdiction, change: "declared" }),
});

/** Ends an emergency from now on. Earlier verdicts stay. Throws `not-found` if there is none. */
export const endEmergency = command({
  name: "endEmergency",
  action: "emergency.declare",
  input: EndEmergency,
  run: async (ctx, { id }) => {
    const select = { jurisdiction: true } as const;
    const ended = await ctx.db.emergency.updateManyAndReturn({ ...endNow(ctx, id), select });
    return requireEnded(ended, { key: "jurisdiction.emergency-over" });
  },
  audit: ({ jurisdiction }) => ({ jurisdiction, change: "over" }),
  answer: () => {},
});

export type EmergencyView = {
  id: string;
  jurisdiction: JurisdictionId;
  from: Date;
  /** Member who declared it; null if they are no longer known. */
  by: string | null;
  /** Null if it was declared before a reason was required. */
  reason: string | null;
};

/** Lists emergencies that have not ended, newest first. */
export const listEmergencies = query({
  name: "listEmergencies",
  action: "rule.read",
  run: async (ctx): Promise<EmergencyView[]> => {
    const { db, organizationId } = ctx;
    const rows = await db.emergency.findMany({
      where: { organizationId, until: null },
      orderBy: { from: "desc" },
    });
    const names = await loadMemberNames(
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
  audit: "none",
});
