// oxlint-disable typescript/no-unsafe-type-assertion, typescript/unbound-method -- it replaces what is not ours
// A bug planted to be caught: an API that caches the opt-outs it read for three seconds.
import { Pool } from "pg";

const cacheMs = 3_000;
const cache = new Map<string, { optOuts: unknown; until: number }>();
type Row = { optOuts: unknown };
type Query = (...args: unknown[]) => Promise<{ rows: Row[] }>;
const query = Pool.prototype.query as unknown as Query;

Pool.prototype.query = async function cached(this: Pool, ...args: unknown[]) {
  const answer = await Reflect.apply(query, this, args);
  const [statement] = args as [{ name?: string; values: [unknown, (string | null)[]] }];
  if (statement.name !== "screening.facts") return answer;
  const now = performance.now();
  for (const [index, row] of answer.rows.entries()) {
    const phone = statement.values[1][index] ?? "";
    const entry = cache.get(phone);
    if (entry !== undefined && entry.until > now) row.optOuts = entry.optOuts;
    else cache.set(phone, { optOuts: row.optOuts, until: now + cacheMs });
  }
  return answer;
} as typeof Pool.prototype.query;

await import("../../apps/api/src/main.ts");
