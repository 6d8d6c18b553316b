import {
  type UpcomingChange,
  DismissLawNotice,
  JurisdictionId,
  type NoticeStage,
  type Places,
  concerns,
  countDaysUntil,
  findJurisdiction,
  findNoticeStage,
  listUpcomingChanges,
} from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import { may } from "@ringfence/core/platform/access";
import { sql } from "kysely";
import { z } from "zod";
import { requireMemberId } from "../../account/member/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findToday, loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  ServiceError,
  type TransactionContext,
  command,
  query,
  selectRows,
} from "../../platform/internal.ts";

/** An upcoming change in the law of a place that the organization calls. */
type LawNotice = {
  change: UpcomingChange;
  /** Day of the change, and the number of days left. */
  day: string;
  days: number;
  stage: NoticeStage;
};

/**
 * Lists the notices of the acting member: changes at a stage (within 90, 30 or 7 days) that concern the organization,
 * without those that the member has dismissed at this stage. Empty for members without the permission `law.follow`.
 */
export const listLawNotices = query({
  name: "listLawNotices",
  action: "organization.read",
  run: async (ctx): Promise<LawNotice[]> => {
    const { db, organizationId, actor } = ctx;
    if (actor.type !== "member" || !may(actor, "law.follow")) return [];
    const { upcoming, book } = await findUpcoming(ctx);
    if (upcoming.length === 0) return [];
    const ownPlaces = await findOwnPlaces(ctx, book);
    const notices = upcoming.filter(({ change }) => concerns(book, change, ownPlaces));
    if (notices.length === 0) return [];
    const dismissals = await db.lawNoticeDismissal.findMany({ where: { organizationId } });
    const dismissed = dismissals.filter(({ memberId }) => memberId === actor.id);
    return notices.filter(
      ({ change, stage }) =>
        !dismissed.some(
          (dismissal) => dismissal.change === change.key && dismissal.stage === stage,
        ),
    );
  },
  audit: "none",
});

/** Finds all changes that are at a stage, wherever they are. */
async function findUpcoming(ctx: TransactionContext) {
  const law = await loadLaw(ctx);
  const today = findToday(ctx);
  const upcoming = listUpcomingChanges(law, today).flatMap((change): LawNotice[] => {
    const stage = findNoticeStage(change, today);
    const { day } = change;
    if (stage === null || day === null) return [];
    return [{ change, day, stage, days: countDaysUntil(day, today) }];
  });
  return { book: law.book, upcoming };
}

const PlacesRow = z.object({ place: z.string() });

/** Limits of the search for places: days back, and number of screenings. */
const SCREENING_DAYS = 90;
const MAX_SCREENINGS = 10_000;

/**
 * Finds where an organization calls: its own country, the places of its contacts as last counted, of the segments of its
 * campaigns, and of its latest screenings. `book` has all jurisdictions.
 */
async function findOwnPlaces(ctx: TransactionContext, book: Places): Promise<JurisdictionId[]> {
  const { db, organizationId, now } = ctx;
  const { homeRegion } = await loadOrganization(ctx);
  const home = findJurisdiction(book, homeRegion);
  const since = new Date(now.getTime() - SCREENING_DAYS * DAY_MS);
  const rows = await selectRows(
    { db },
    PlacesRow,
    sql`
    SELECT place FROM contact_count, jsonb_object_keys(counts) AS place
      WHERE organization_id = ${organizationId}::uuid
    UNION
    SELECT unnest(jurisdictions) FROM segment_jurisdictions AS segment
      JOIN campaign USING (organization_id, segment_id)
      WHERE segment.organization_id = ${organizationId}::uuid AND archived_at IS NULL
    UNION
    SELECT jsonb_array_elements_text(checked -> 'jurisdictions') FROM (
      SELECT checked FROM screening
      WHERE organization_id = ${organizationId}::uuid AND at > ${since}
      ORDER BY at DESC LIMIT ${MAX_SCREENINGS}) AS latest`,
  );
  // The counts of contacts also have keys that are no jurisdictions, such as for unknown places.
  const places = rows.flatMap(({ place }) => JurisdictionId.safeParse(place).data ?? []);
  return home === null ? places : [home, ...places];
}

/**
 * Hides a notice from the acting member until the change reaches the next stage. If its day moves, it is another change
 * with another key, and has a notice again.
 */
export const dismissLawNotice = command({
  name: "dismissLawNotice",
  action: "law.follow",
  input: DismissLawNotice,
  run: async (ctx, { change, stage }): Promise<void> => {
    const { db, organizationId, now: at } = ctx;
    const { upcoming } = await findUpcoming(ctx);
    if (!upcoming.some((one) => one.change.key === change && one.stage === stage)) {
      throw new ServiceError("conflict", { key: "law.notice-over" });
    }
    const memberId = requireMemberId(ctx);
    await db.lawNoticeDismissal.createMany({
      data: { organizationId, memberId, change, stage, at },
      skipDuplicates: true,
    });
  },
  audit: (_, { change, stage }) => ({ change, stage }),
});
