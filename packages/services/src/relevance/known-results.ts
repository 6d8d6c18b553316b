import { type KnownResult, traitsBefore } from "@ringfence/core/relevance";
import type { TransactionContext } from "../context.ts";
import { knownPeople } from "./known-people.ts";

const PAGE = 5_000;
/** The latest teach most about those to come. */
const MOST_RESULTS = 50_000;

type Dated = KnownResult & { at: Date };

/** The calls of an organization that have come to something, with what was known before each, in the order of time. */
export async function knownResults(ctx: TransactionContext): Promise<KnownResult[]> {
  const called = await calledPeople(ctx);
  const results: Dated[] = [];
  for (let from = 0; from < called.length; from += PAGE) {
    for (const person of await knownPeople(ctx, called.slice(from, from + PAGE))) {
      for (const { at, result } of person.calls) {
        if (result !== null) results.push({ at, result, traits: traitsBefore(person, at) });
      }
    }
  }
  return results.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(-MOST_RESULTS);
}

async function calledPeople({ db, organizationId }: TransactionContext): Promise<number[]> {
  const rows = await db.$queryRaw<{ o: number }[]>`
    SELECT contact_ordinal AS o FROM contact_phone JOIN call USING (organization_id, phone_id)
    WHERE organization_id = ${organizationId}::uuid
    UNION
    SELECT contact_ordinal FROM activity
    WHERE organization_id = ${organizationId}::uuid AND type = 'call-outcome'
    ORDER BY o`;
  return rows.map(({ o }) => o);
}
