import {
  JurisdictionId,
  type Law,
  findWhereabouts,
  listBooks,
} from "@ringfence/core/people/jurisdiction";
import type { SegmentId } from "@ringfence/core/ids";
import { firstNumbersOfBlocks, lookUpPlan } from "@ringfence/core/people/phone";

import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { loadMembers } from "./members.ts";

/**
 * Finds the jurisdictions of a segment's members as of its last refresh: those of their numbers and of the regions in
 * their addresses. Null if its members were never found. The result is kept until the members or the law change; with
 * `mayBeOld`, which is for lists, until the law changes. It allows no call: each call is judged by its own places.
 */
export async function findJurisdictions(
  ctx: TransactionContext,
  segmentId: SegmentId,
  { mayBeOld = false } = {},
): Promise<JurisdictionId[] | null> {
  const { db, organizationId } = ctx;
  const law = await loadLaw(ctx);
  const kept = await db.segmentJurisdictions.findFirst({
    where: { organizationId, segmentId, rules: law.hash },
    include: { segment: { select: { refreshedAt: true, followedAt: true } } },
  });
  if (kept && (mayBeOld || isSince(kept.at, kept.segment))) {
    return JurisdictionId.array().parse(kept.jurisdictions);
  }
  const members = await loadMembers(ctx, segmentId);
  if (members === null) return null;
  const found = await locateMembers(ctx, law, members.ordinals);
  await saveJurisdictions(ctx, segmentId, { law, jurisdictions: found });
  return found;
}

type MembersFound = { refreshedAt: Date | null; followedAt: Date | null };

const isSince = (at: Date, { refreshedAt, followedAt }: MembersFound) =>
  [refreshedAt, followedAt].every((changed) => changed === null || changed < at);

const PlaceRow = z.object({ block: z.int(), region: z.string().nullable() });

/** Finds the jurisdictions of people. The database groups them by block of numbers and by address. */
async function locateMembers(
  ctx: TransactionContext,
  law: Law,
  ordinals: readonly number[],
): Promise<JurisdictionId[]> {
  const rows = await selectRows(
    ctx,
    PlaceRow,
    sql`
    WITH blocks AS MATERIALIZED (
      SELECT string_to_array(${firstNumbersOfBlocks.join(",")}, ',')::bigint[] AS first_numbers
    )
    SELECT DISTINCT
      width_bucket(rpad(substr(e164, 2), 15, '0')::bigint, first_numbers) AS block,
      address_region AS region
    FROM blocks CROSS JOIN contact_phone AS theirs
    JOIN phone ON phone.organization_id = theirs.organization_id AND phone.id = phone_id
    JOIN contact ON contact.organization_id = theirs.organization_id AND contact.id = contact_id
    WHERE theirs.organization_id = ${ctx.organizationId}::uuid AND e164 IS NOT NULL
      AND contact_ordinal = ANY (${[...ordinals]}::int[])`,
  );
  const found = rows.flatMap(({ block, region }) => {
    const plan = lookUpPlan(firstNumbersOfBlocks[block - 1] ?? 0);
    return listBooks(law).flatMap(
      (book) => findWhereabouts(book, plan, [{ zone: null, region }]).jurisdictions,
    );
  });
  return [...new Set(found)].toSorted();
}

const saveJurisdictions = (
  { db, organizationId, now }: TransactionContext,
  segmentId: SegmentId,
  { law, jurisdictions }: { law: Law; jurisdictions: readonly JurisdictionId[] },
) =>
  db.$executeRaw`
    INSERT INTO segment_jurisdictions (organization_id, segment_id, jurisdictions, rules, at)
    VALUES (${organizationId}::uuid, ${segmentId}::uuid, ${[...jurisdictions]}::text[],
      ${law.hash}, ${now})
    ON CONFLICT (organization_id, segment_id) DO UPDATE SET
      jurisdictions = excluded.jurisdictions, rules = excluded.rules, at = excluded.at`;
