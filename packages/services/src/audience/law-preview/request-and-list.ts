import {
  LawPreviewResult,
  ListLawPreviews,
  ListPolicyPreviews,
  PreviewRow,
  RequestLawPreview,
  RequestPolicyPreview,
  formatPreviewedDraft,
} from "@ringfence/core/audience/law-preview";
import { CampaignId } from "@ringfence/core/ids";
import { loadDraft } from "../../calling/policy/internal.ts";
import { findToday } from "../../people/jurisdiction/internal.ts";
import {
  RunView,
  ServiceError,
  type StartedRun,
  type TransactionContext,
  command,
  holdLock,
  query,
  startRun,
} from "../../platform/internal.ts";

/**
 * Maximum previews of an organization that are queued or running, the requested one included: as many as the page of a
 * day offers. More would keep workers from other organizations.
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
    if (day < findToday(ctx)) {
      throw new ServiceError("invalid-field", { key: "law-preview.past-day" }, "/day");
    }
    return startPreview(ctx, { day: new Date(day), span, draft: "" });
  },
  audit: ({ isNew, id: previewId }, { day, span }) => (isNew ? { previewId, day, span } : null),
});

/**
 * Requests a preview of a draft of a policy, as it is now: today's law under the draft instead of the policy in force.
 */
export const requestPolicyPreview = command({
  name: "requestPolicyPreview",
  action: "law-preview.request",
  input: RequestPolicyPreview,
  run: async (ctx, { draftId, span }): Promise<StartedRun & { id: string }> => {
    const { hash } = await loadDraft(ctx, draftId);
    const draft = formatPreviewedDraft(draftId, hash);
    return startPreview(ctx, { day: new Date(findToday(ctx)), span, draft });
  },
  audit: ({ isNew, id: previewId }, { draftId: policyDraftId, span }) =>
    isNew ? { previewId, policyDraftId, span } : null,
});

/** `span`: past days whose calls are checked. `draft`: of a policy; empty for the law alone. */
type Previewed = { day: Date; span: number; draft: string };

/**
 * Starts a preview, or returns its run in progress. Throws `conflict` if `MAX_OPEN` others are already queued or
 * running.
 */
async function startPreview(
  ctx: TransactionContext,
  previewed: Previewed,
): Promise<StartedRun & { id: string }> {
  const { db, organizationId } = ctx;
  await holdLock(ctx, "law-previews");
  const which = { organizationId, ...previewed };
  await db.lawPreview.createMany({ data: [which], skipDuplicates: true });
  const { id } = await db.lawPreview.findUniqueOrThrow({
    where: { organizationId_day_span_draft: which },
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
}

export type LawPreviewView = {
  id: string;
  /** Number of past days whose calls it checks. */
  span: number;
  /** Its last run. */
  run: RunView;
  /** Null until its first run is done. */
  result:
    | (LawPreviewResult & {
        /** Time of the preview. */
        at: Date;
        /** Day on which it was made, as an ISO date: it was compared with the law or the policies of that day. */
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
  run: (ctx, { day }) => loadPreviews(ctx, { day: new Date(day), draft: "" }),
  audit: "none",
});

/** Lists the previews of a draft of a policy as it is now, shortest span first, then latest day first. */
export const listPolicyPreviews = query({
  name: "listPolicyPreviews",
  action: "law-preview.read",
  input: ListPolicyPreviews,
  run: async (ctx, { draftId }) => {
    const { hash } = await loadDraft(ctx, draftId);
    return loadPreviews(ctx, { draft: formatPreviewedDraft(draftId, hash) });
  },
  audit: "none",
});

/** Loads the previews of a day or a draft. They name calls and people by id only. */
async function loadPreviews(
  ctx: TransactionContext,
  which: Partial<Previewed>,
): Promise<LawPreviewView[]> {
  const { db, organizationId } = ctx;
  const previews = await db.lawPreview.findMany({
    where: { organizationId, ...which },
    include: { rows: { orderBy: { number: "asc" } } },
    orderBy: [{ span: "asc" }, { day: "desc" }],
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
}
