import { type KnownResult, traitsBefore } from "@ringfence/core/audience/relevance";
import type { RootContext, TransactionContext } from "../../platform/context.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { knownPeople } from "./known-people.ts";

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
