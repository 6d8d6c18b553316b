import type { TransactionContext } from "../../platform/context.ts";
import type { Need } from "./need.ts";

type Counts = { count: number; grave: number; overdue: number; due: Date | null };

/** Violations that nobody has settled: at once where one is grave or late, else within the day. */
export async function openViolations({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<Need[]> {
  const [counts] = await db.$queryRaw<[Counts]>`
    SELECT count(*)::int AS count, count(*) FILTER (WHERE rank = 0)::int AS grave,
      count(*) FILTER (WHERE due_at < ${now})::int AS overdue, min(due_at) AS due
    FROM violation WHERE organization_id = ${organizationId}::uuid AND closed_at IS NULL`;
  const { count, grave, overdue, due } = counts;
  if (due === null) return [];
  const when = grave + overdue > 0 ? "now" : "today";
  return [{ kind: "violations-open", when, count, grave, overdue, due }];
}
