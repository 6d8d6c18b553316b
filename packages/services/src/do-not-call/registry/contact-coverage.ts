import { type TransactionContext, query } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { isEasable, listRegistryRequirements } from "@ringfence/core/people/jurisdiction";
import {
  type JurisdictionCounts,
  type JurisdictionCoverage,
  assessCoverage,
} from "@ringfence/core/do-not-call/registry";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";
import { UNKNOWN_JURISDICTION, outsideKey } from "./count-contacts.ts";

const Counts = z.record(z.string(), z.int());

export type ContactCoverage = {
  /** Null before the first count. */
  countedAt: Date | null;
  /** Jurisdictions with contacts whose rules require a registry, most refused contacts first. */
  jurisdictions: JurisdictionCoverage[];
  /** Contacts with a number in a jurisdiction without known rules. They cannot be called. */
  unknown: number;
};

/**
 * Shows, by jurisdiction, how many contacts cannot be called because of one registry that is missing, is stale or
 * does not cover their numbers: the largest such number, because several registries together may stop more. Contacts
 * are those of the last count. Rules that the organization has set to warn only are left out, unless they have been
 * verified since and may no longer be eased.
 */
export const readContactCoverage = query({
  name: "readContactCoverage",
  action: "registry.read",
  run: async (ctx): Promise<ContactCoverage> => {
    const { db, organizationId, now } = ctx;
    const row = await db.contactCount.findUnique({ where: { organizationId } });
    if (row === null) return { countedAt: null, jurisdictions: [], unknown: 0 };
    const counts = Counts.parse(row.counts);
    const connected = await loadConnectedRegistries(ctx);
    const overridden = await db.ruleOverride.findMany({ where: { organizationId } });
    const warnOnly = new Set(overridden.map(({ ruleId }) => ruleId));
    const { book } = await loadLaw(ctx);
    const jurisdictions = [
      ...listRegistryRequirements(book, now.toISOString().slice(0, 10)),
    ].flatMap(([jurisdiction, required]) => {
      const notEased = required.filter(
        ({ ruleId }) => !warnOnly.has(ruleId) || !isEasable(book, ruleId),
      );
      const counted = toJurisdictionCounts(jurisdiction, notEased, counts);
      return counted.contacts === 0 || notEased.length === 0
        ? []
        : [assessCoverage(jurisdiction, notEased, counted, connected)];
    });
    return {
      countedAt: row.countedAt,
      jurisdictions: jurisdictions.toSorted(
        (a, b) => b.refused - a.refused || b.contacts - a.contacts,
      ),
      unknown: counts[UNKNOWN_JURISDICTION] ?? 0,
    };
  },
  audit: "none",
});

const toJurisdictionCounts = (
  jurisdiction: string,
  required: readonly { code: string }[],
  counts: Record<string, number>,
): JurisdictionCounts => ({
  contacts: counts[jurisdiction] ?? 0,
  outside: new Map(required.map(({ code }) => [code, counts[outsideKey(jurisdiction, code)] ?? 0])),
});

async function loadConnectedRegistries({ db, organizationId, now }: TransactionContext) {
  const rows = await db.registry.findMany({
    where: { organizationId, disconnectedAt: null },
    select: { code: true, edition: true, verifiedAt: true, maxAgeDays: true },
  });
  return new Map(
    rows.map(({ code, edition, verifiedAt, maxAgeDays }) => {
      const isRead = edition > 0 && verifiedAt !== null;
      const ageDays = isRead ? (now.getTime() - verifiedAt.getTime()) / DAY_MS : null;
      return [code, { ageDays, ownDays: maxAgeDays }];
    }),
  );
}
