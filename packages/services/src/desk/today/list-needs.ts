import { sql } from "kysely";
import { z } from "zod";
import { RunId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/platform/message";
import { RunJob } from "@ringfence/core/platform/run";
import {
  type TransactionContext,
  query,
  selectRows,
  visibleRunsFilter,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { type Action, may } from "@ringfence/core/platform/access";
import {
  type RegistryOverview,
  listRegistries,
  readContactCoverage,
} from "../../do-not-call/registry/internal.ts";
import {
  countCampaignsInReview,
  countEndingConsents,
  countOpenComplaints,
  countOpenViolations,
  countWaiting,
  findKeyNeeds,
  findNamesGone,
  listHeldCampaigns,
} from "./waiting-needs.ts";
import type { FailedRun, Need } from "./need.ts";
import { toAgingNeeds, toHeldEditionNeeds, toMissingNeeds } from "./registry-needs.ts";

/** Lists what needs attention and the actor may see, most urgent first, without consents that end (`listEndingConsents`). */
export const listNeeds = query({
  name: "listNeeds",
  action: "organization.read",
  run: async (ctx): Promise<Need[]> => loadNeeds(ctx, await loadReadableRegistries(ctx)),
  audit: "none",
});

/**
 * Lists consents that end within a week, as one need. Apart from `listNeeds`, because every page shows how many needs
 * there are, and these take the longest to count.
 */
export const listEndingConsents = query({
  name: "listEndingConsents",
  action: "organization.read",
  run: countEndingConsents,
  audit: "none",
});

/** Loads the registries, or null if the actor may not read them. */
export const loadReadableRegistries = async (ctx: TransactionContext) =>
  may(ctx.actor, "registry.read") ? listRegistries(ctx) : null;

/** Loads what needs attention, without consents that end. The number of SQL statements does not depend on how many registries there are. */
export async function loadNeeds(
  ctx: TransactionContext,
  registries: readonly RegistryOverview[] | null,
): Promise<Need[]> {
  const mayRead = (action: Action) => may(ctx.actor, action);
  const sellers = visibleSellerIds(ctx.actor);
  const ifMayRead = async (action: Action, load: () => Promise<readonly Need[]>) =>
    mayRead(action) ? load() : [];
  // All at once: while the database answers one, the next is prepared.
  const [
    failed,
    coverage,
    violations,
    complaints,
    waiting,
    heldCampaigns,
    namesGone,
    keys,
    inReview,
  ] = await Promise.all([
    mayRead("run.read") ? loadFailedRuns(ctx) : [],
    registries ? readContactCoverage(ctx) : null,
    ifMayRead("violation.read", () => countOpenViolations(ctx)),
    ifMayRead("complaint.read", () => countOpenComplaints(ctx)),
    countWaiting(ctx),
    ifMayRead("campaign.read", () => listHeldCampaigns(ctx, sellers)),
    ifMayRead("policy.read", () => findNamesGone(ctx)),
    mayRead("api-key.read") ? findKeyNeeds(ctx) : noKeyNeeds,
    countCampaignsInReview(ctx),
  ]);
  const { cut, expiring, inNewNetworks } = keys;
  const aging = toAgingNeeds(registries ?? [], failed);
  const missing = coverage ? toMissingNeeds(coverage.jurisdictions) : [];
  return [
    ...at("now", violations, complaints, waiting),
    ...heldCampaigns,
    ...namesGone,
    ...cut,
    ...at("now", expiring, aging, missing),
    ...at("today", violations, complaints, waiting),
    ...inReview,
    ...inNewNetworks,
    ...at("today", expiring, missing),
    ...toHeldEditionNeeds(registries ?? []),
    ...(await toFailureNeeds(ctx, failed, aging)),
    ...at("week", aging, expiring),
  ];
}

const noKeyNeeds: Awaited<ReturnType<typeof findKeyNeeds>> = {
  cut: [],
  expiring: [],
  inNewNetworks: [],
};

/** Selects the needs of one urgency from several lists. */
const at = (when: Need["when"], ...lists: readonly (readonly Need[])[]) =>
  lists.flat().filter((need) => need.when === when);

/** Older failures are not listed. */
const LOOK_BACK_DAYS = 7;

const RunRow = z.object({
  id: RunId,
  job: RunJob,
  subjectId: z.string(),
  error: z.unknown(),
  endedAt: z.date().nullable(),
});

/** Loads runs that failed lately, with no later run of the same job and subject, if the actor may see them. */
async function loadFailedRuns(ctx: TransactionContext): Promise<FailedRun[]> {
  const { db, organizationId, now } = ctx;
  const rows = await selectRows(
    { db },
    RunRow,
    sql`
    SELECT id, job, subject_id AS "subjectId", error, ended_at AS "endedAt" FROM run
    WHERE organization_id = ${organizationId}::uuid AND status = 'failed'
      AND ended_at > ${now}::timestamptz - make_interval(days => ${LOOK_BACK_DAYS}::int)
      AND NOT EXISTS (
        SELECT FROM run later
        WHERE later.organization_id = run.organization_id AND later.subject_id = run.subject_id
          AND later.job = run.job AND later.id > run.id)
    ORDER BY id DESC`,
  );
  const { NOT: hidden } = await visibleRunsFilter(ctx);
  const visible = rows.filter(({ subjectId }) => !hidden?.subjectId.in.includes(subjectId));
  return visible.map(({ error, endedAt, ...run }) => ({
    ...run,
    failure: { at: endedAt, error: StoredMessage.safeParse(error).data ?? null },
  }));
}

/** Turns failed runs into needs, except readings of registries that are already listed as aging. */
async function toFailureNeeds(
  ctx: TransactionContext,
  failed: readonly FailedRun[],
  aging: readonly Need[],
): Promise<Need[]> {
  const listed = new Set(aging.flatMap((need) => ("registryId" in need ? need.registryId : [])));
  const remaining = failed.filter(({ subjectId }) => ![...listed].some((id) => id === subjectId));
  if (remaining.length === 0) return [];
  const names = await loadSubjectNames(ctx, remaining);
  return remaining.map(({ id, job, subjectId, failure }) => ({
    kind: "run-failed",
    when: "today",
    runId: id,
    job,
    subjectId,
    subject: names.get(subjectId) ?? null,
    failure,
  }));
}

const SubjectRow = z.object({ id: z.string(), name: z.string() });

/** Loads the names of what runs worked on: a registry, a form, or a file. */
async function loadSubjectNames(
  { db, organizationId }: TransactionContext,
  runs: readonly FailedRun[],
): Promise<Map<string, string>> {
  const ids = runs.map(({ subjectId }) => subjectId);
  const isSubject = sql`organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`;
  const rows = await selectRows(
    { db },
    SubjectRow,
    sql`
    SELECT id, name FROM registry WHERE ${isSubject}
    UNION ALL SELECT id, name FROM capture_form WHERE ${isSubject}
    UNION ALL SELECT id, file_name FROM scrub WHERE ${isSubject}
    UNION ALL SELECT id, file_name FROM import WHERE ${isSubject}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
