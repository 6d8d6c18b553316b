import {
  LawPreviewResult,
  ListLawPreviews,
  PreviewRow,
  RequestLawPreview,
} from "@ringfence/core/audience/law-preview";
import { CampaignId } from "@ringfence/core/ids";
import { findToday } from "../../people/jurisdiction/internal.ts";
import {
  RunView,
  ServiceError,
  type StartedRun,
  command,
  holdLock,
  query,
  startRun,
} from "../../platform/internal.ts";

/**
 * Maximum previews that an organization runs at once: as many as the page of a day offers. More would keep workers from
 * other organizations.
 */
const MAX_OPEN = 2;

/**
 * Requests a preview of the law of a day, or runs an existing one again. A worker creates it. Until it is done, the
 * former result stays.
 */
export const requestLawPreview = command({
  name: "requestLawPreview",
  action: "law-preview.request",
  input: RequestLawPreview,
  run: async (ctx, { day, span }): Promise<StartedRun & { id: string }> => {
    const { db, organizationId } = ctx;
    if (day < findToday(ctx)) {
      throw new ServiceError("invalid-field", { key: "law-preview.past-day" }, "/day");
    }
    await holdLock(ctx, "law-previews");
    const which = { organizationId, day: new Date(day), span };
    await db.lawPreview.createMany({ data: [which], skipDuplicates: true });
    const { id } = await db.lawPreview.findUniqueOrThrow({
      where: { organizationId_day_span: which },
    });
    const open = await db.run.count({
      where: {
        organizationId,
        job: "law.preview",
        subjectId: { not: id },
        status: { in: ["queued", "running"] },
      },
    });
    if (open >= MAX_OPEN) throw new ServiceError("conflict", { key: "law-preview.busy" });
    return { id, ...(await startRun(ctx, "law.preview", id)) };
  },
  audit: ({ isNew, id: previewId }, { day, span }) => (isNew ? { previewId, day, span } : null),
});

export type LawPreviewView = {
  id: string;
  /** Number of past days whose calls it checks. */
  span: number;
  /** Its last run. */
  run: RunView;
  /** Null until its first run is done. */
  result:
    | (LawPreviewResult & {
        /** Time of the preview, and the day whose law it was compared with. */
        at: Date;
        comparedWith: string;
        /** Names of the campaigns in the result. */
        names: Readonly<Record<CampaignId, string>>;
        rows: readonly PreviewRow[];
        /** True if not all calls and people with a different result are listed. */
        hasMore: boolean;
      })
    | null;
};

const countDifferences = ({ calls, campaigns }: LawPreviewResult) =>
  [calls, ...campaigns].reduce(
    (sum, { newlyRefused, newlyAllowed }) => sum + newlyRefused + newlyAllowed,
    0,
  );

/** Lists the previews of a day, shortest span first. They name calls and people by id only. */
export const listLawPreviews = query({
  name: "listLawPreviews",
  action: "law-preview.read",
  input: ListLawPreviews,
  run: async (ctx, { day }): Promise<LawPreviewView[]> => {
    const { db, organizationId } = ctx;
    const previews = await db.lawPreview.findMany({
      where: { organizationId, day: new Date(day) },
      include: { rows: { orderBy: { number: "asc" } } },
      orderBy: { span: "asc" },
    });
    const campaigns = await db.campaign.findMany({
      where: { organizationId },
      select: { id: true, name: true },
    });
    const names = new Map(campaigns.map(({ id, name }) => [CampaignId.parse(id), name]));
    const views: LawPreviewView[] = [];
    for (const { id, span, result, madeAt: at, comparedWith, rows } of previews) {
      const run = await db.run.findFirst({
        where: { organizationId, job: "law.preview", subjectId: id },
        orderBy: { id: "desc" },
      });
      if (run === null) continue;
      const read = LawPreviewResult.safeParse(result).data;
      views.push({
        id,
        span,
        run: RunView.parse(run),
        result:
          read === undefined || at === null || comparedWith === null
            ? null
            : {
                ...read,
                at,
                comparedWith: comparedWith.toISOString().slice(0, 10),
                names: Object.fromEntries(
                  read.campaigns.map(({ campaignId }) => [campaignId, names.get(campaignId) ?? ""]),
                ),
                rows: rows.map((row) => PreviewRow.parse(row)),
                hasMore: countDifferences(read) > rows.length,
              },
      });
    }
    return views;
  },
  audit: "none",
});
