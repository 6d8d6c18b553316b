import { OrganizationId, SegmentId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { askForRefresh } from "./ask-for-refresh.ts";

/** A size that is older is found anew, though nothing came: days pass, and with them what was recent. */
const HOURS = 1;

/** Columns are never older than a day (`columns/open-columns.ts`); a change that none has missed is of no use. */
const CHANGES_KEPT_DAYS = 2;

/** Has workers refresh the segments of all organizations that are due, and forgets changes that nobody asks about any more. */
export async function claimDueSegments(db: Db) {
  await db.prisma.$transaction(async (db) => {
    const due = await db.$queryRaw<{ organization_id: string; id: string }[]>`
      SELECT organization_id, id FROM segment
      WHERE archived_at IS NULL AND (refreshed_at IS NULL OR refreshed IS DISTINCT FROM version
        OR refreshed_at <= now() - make_interval(hours => ${HOURS}))`;
    for (const { organization_id, id } of due) {
      const organizationId = OrganizationId.parse(organization_id);
      await askForRefresh({ db, organizationId }, SegmentId.parse(id));
    }
    await db.$executeRaw`
      DELETE FROM person_change WHERE at < now() - make_interval(days => ${CHANGES_KEPT_DAYS})`;
  });
}
