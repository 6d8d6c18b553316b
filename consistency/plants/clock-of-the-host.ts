// oxlint-disable typescript/no-unsafe-type-assertion, typescript/unbound-method -- it replaces what is not ours
// A bug planted to be caught: an API that judges when an opt-out begins by the clock of its own host.
import { Pool } from "pg";

type Row = { optOuts: { at: number }[] | null };
type Query = (...args: unknown[]) => Promise<{ rows: Row[] }>;
const query = Pool.prototype.query as unknown as Query;

Pool.prototype.query = async function byHost(this: Pool, ...args: unknown[]) {
  const answer = await Reflect.apply(query, this, args);
  const [statement] = args as [{ name?: string }];
  if (statement.name !== "screening.facts") return answer;
  for (const row of answer.rows) {
    row.optOuts = row.optOuts?.filter(({ at }) => at <= Date.now()) ?? null;
  }
  return answer;
} as typeof Pool.prototype.query;

await import("../../apps/api/src/main.ts");
