import {
  type RootContext,
  type TransactionContext,
  addJob,
  appendAudit,
  command,
  defineJob,
  inAnalysisTransaction,
  inTransaction,
  queueJobs,
  selectRows,
} from "../../platform/internal.ts";
import {
  type ModelStatus,
  type TrainingCall,
  learn,
  computeTraits,
} from "@ringfence/core/audience/relevance";
import { loadPersonFacts } from "./person-facts.ts";
import { Zone, localClock } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Trains a model on the organization's calls and saves the result, which is in force from then on. If no model can be
 * trained or it is no better than chance (`standing`), the default model scores people.
 */
export const trainRelevance = command({
  name: "trainRelevance",
  action: "relevance.train",
  transaction: "by run",
  run: async (ctx): Promise<{ outcomes: number; standing: ModelStatus }> => {
    const learned = learn(await loadTrainingCalls(ctx));
    const { outcomes, standing, model, evaluation, tradeOffs } = learned;
    await inTransaction(ctx, async (ctx) => {
      const { db, organizationId, now } = ctx;
      await db.relevanceModel.create({
        data: {
          organizationId,
          trainedAt: now,
          outcomes,
          standing,
          ...(model && { model }),
          ...(evaluation && { evaluation }),
          tradeOffs,
        },
      });
      await appendAudit(ctx, "relevance.train", { outcomes, standing });
    });
    return { outcomes, standing };
  },
  audit: "by run",
});

const PAGE = 5_000;
/** The latest calls teach most about the next ones. */
const MAX_CALLS = 50_000;

type DatedCall = TrainingCall & { at: Date };
const CalledPerson = z.object({ o: z.int(), at: z.date() });
type CalledPerson = z.infer<typeof CalledPerson>;

/**
 * Loads the latest calls with a known result, at most `maxCalls`, oldest first, each with the traits known before it.
 * Leaves out calls to people who opted out of profiling or were erased. Pages through people by their last call, one
 * transaction a page, and stops when nobody left can have a later call.
 */
export const loadTrainingCalls = async (
  ctx: RootContext,
  { page = PAGE, maxCalls = MAX_CALLS } = {},
): Promise<TrainingCall[]> => {
  const called = await inAnalysisTransaction(ctx, listCalledPeople);
  let latest: DatedCall[] = [];
  for (let from = 0; from < called.length; from += page) {
    const people = called.slice(from, from + page);
    const oldest = latest.length < maxCalls ? null : (latest[0]?.at ?? null);
    if (oldest !== null && people.every(({ at }) => at < oldest)) break;
    const found = await inAnalysisTransaction(ctx, (ctx) => loadPage(ctx, people));
    latest = [...latest, ...found].toSorted((a, b) => Number(a.at) - Number(b.at)).slice(-maxCalls);
  }
  return latest;
};

async function loadPage(
  ctx: TransactionContext,
  called: readonly CalledPerson[],
): Promise<DatedCall[]> {
  const people = await loadPersonFacts(
    ctx,
    called.map(({ o }) => o),
  );
  return people.flatMap((person) =>
    person.calls.flatMap(({ at, result, offer }) =>
      result === null ? [] : [{ at, result, traits: computeTraits(person, at, offer) }],
    ),
  );
}

/** Lists everyone who was called, by their last call. */
const listCalledPeople = (ctx: TransactionContext) =>
  selectRows(
    ctx,
    CalledPerson,
    sql`
  SELECT o, max(at) AS at FROM (
    SELECT contact_ordinal AS o, at FROM contact_phone JOIN call USING (organization_id, phone_id)
    WHERE organization_id = ${ctx.organizationId}::uuid
    UNION ALL
    SELECT contact_ordinal, at FROM activity
    WHERE organization_id = ${ctx.organizationId}::uuid AND type = 'call-outcome'
  ) AS called
  GROUP BY o
  ORDER BY at DESC, o`,
  );

/** Trains the model of an organization. */
export const trainRelevanceJob = defineJob("relevance.train", {});

/** Hour at which trainings are queued, in the organization's time zone. */
const HOUR = 3;

/**
 * Queues a training for each organization that has calls and whose local time is in the given hour. Run at least
 * hourly, this trains each once a night.
 */
export async function queueDueTrainings({ prisma }: Db, hour = HOUR) {
  const zones = await selectRows(
    { db: prisma },
    z.object({ zone: z.string(), now: z.date() }),
    sql`SELECT DISTINCT zone, now() AS now FROM organization`,
  );
  // An unknown time zone must not keep other organizations from being trained.
  const due = zones.filter(
    ({ zone, now }) => Zone.safeParse(zone).success && findLocalHour(zone, now) === hour,
  );
  const train = addJob(
    trainRelevanceJob,
    { organizationId: sql`organization.id` },
    { key: sql`${`${trainRelevanceJob.name}/`} || organization.id` },
  );
  await queueJobs(
    prisma,
    sql`SELECT ${train} FROM organization
    WHERE zone = ANY (${due.map(({ zone }) => zone)}::text[])
      AND (EXISTS (SELECT FROM call WHERE organization_id = organization.id)
        OR EXISTS (SELECT FROM activity
          WHERE organization_id = organization.id AND type = 'call-outcome'))
      AND NOT EXISTS (SELECT FROM relevance_model
        WHERE organization_id = organization.id AND trained_at > now() - interval '12 hours')`,
  );
}

const findLocalHour = (zone: string, now: Date) =>
  Math.floor(localClock(zone, now.getTime()).minute / 60);
