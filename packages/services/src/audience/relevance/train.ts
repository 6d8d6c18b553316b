import { command } from "../../platform/verb.ts";
import {
  type InForce,
  type KnownResult,
  learn,
  traitsBefore,
} from "@ringfence/core/audience/relevance";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { knownPeople } from "./person-facts.ts";
import { Zone, localClock } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";

/** Learns from the calls of an organization, and keeps what they taught as a version of its own. */
export const trainRelevance = command({
  name: "trainRelevance",
  action: "relevance.train",
  transaction: "by run",
  run: async (ctx): Promise<{ outcomes: number; standing: InForce }> => {
    const learned = learn(await knownResults(ctx));
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
/** The latest teach most about those to come. */
const MOST_RESULTS = 50_000;

type Dated = KnownResult & { at: Date };
type Called = { o: number; at: Date };

/**
 * The latest calls of an organization that have come to something, with what was known before each, in the
 * order of time. Each page of people is a transaction of its own, whoever was called last first: it ends
 * when nobody who is left can have one of the latest.
 */
export const knownResults = async (
  ctx: RootContext,
  { page = PAGE, most = MOST_RESULTS } = {},
): Promise<KnownResult[]> => {
  const called = await inAnalysis(ctx, calledPeople);
  let latest: Dated[] = [];
  for (let from = 0; from < called.length; from += page) {
    const people = called.slice(from, from + page);
    const oldest = latest.length < most ? null : (latest[0]?.at ?? null);
    if (oldest !== null && people.every(({ at }) => at < oldest)) break;
    const found = await inAnalysis(ctx, (ctx) => resultsOf(ctx, people));
    latest = [...latest, ...found].toSorted((a, b) => Number(a.at) - Number(b.at)).slice(-most);
  }
  return latest;
};

async function resultsOf(ctx: TransactionContext, called: readonly Called[]): Promise<Dated[]> {
  const people = await knownPeople(
    ctx,
    called.map(({ o }) => o),
  );
  return people.flatMap((person) =>
    person.calls.flatMap(({ at, result, offer }) =>
      result === null ? [] : [{ at, result, traits: traitsBefore(person, at, offer) }],
    ),
  );
}

/** Whoever was called, with their last call. */
const calledPeople = ({ db, organizationId }: TransactionContext) => db.$queryRaw<Called[]>`
  SELECT o, max(at) AS at FROM (
    SELECT contact_ordinal AS o, at FROM contact_phone JOIN call USING (organization_id, phone_id)
    WHERE organization_id = ${organizationId}::uuid
    UNION ALL
    SELECT contact_ordinal, at FROM activity
    WHERE organization_id = ${organizationId}::uuid AND type = 'call-outcome'
  ) AS called
  GROUP BY o
  ORDER BY at DESC, o`;

/** In the organization's zone. */
const HOUR = 3;

/** Has workers learn from the calls of each organization whose night it is and that has calls, once a night. */
export async function claimDueRelevance({ prisma }: Db, hour = HOUR) {
  const zones = await prisma.$queryRaw<{ zone: string; now: Date }[]>`
    SELECT DISTINCT zone, now() AS now FROM organization`;
  // A zone that nobody knows keeps none of the others from being learned from.
  const due = zones.filter(
    ({ zone, now }) => Zone.safeParse(zone).success && hourOf(zone, now) === hour,
  );
  await prisma.$executeRaw`
    SELECT graphile_worker.add_job(
      'relevance.train', json_build_object('organizationId', organization.id),
      job_key := 'relevance.train/' || organization.id)
    FROM organization
    WHERE zone = ANY (${due.map(({ zone }) => zone)}::text[])
      AND (EXISTS (SELECT FROM call WHERE organization_id = organization.id)
        OR EXISTS (SELECT FROM activity
          WHERE organization_id = organization.id AND type = 'call-outcome'))
      AND NOT EXISTS (SELECT FROM relevance_model
        WHERE organization_id = organization.id AND trained_at > now() - interval '12 hours')`;
}

const hourOf = (zone: string, now: Date) => Math.floor(localClock(zone, now.getTime()).minute / 60);
