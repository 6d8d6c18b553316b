import { type OrganizationId, RegistryId } from "@ringfence/core/ids";
import { createNumberLookup } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import {
  type EditionRef,
  loadNumbers,
} from "../../packages/services/src/calling/scrub/engine/load-registries.ts";
import { type BenchOptions, median } from "../bench.ts";

type Times = { key: number[]; join: number[]; scrub: number[] };

/** Measures how many milliseconds all probes take, by each way to look them up. */
export async function compareLookUps(
  db: Db,
  organizationId: OrganizationId,
  { rounds, say }: Pick<BenchOptions, "rounds" | "say">,
) {
  const { id, edition } = await db.prisma.registry.findFirstOrThrow({ where: { organizationId } });
  const which = { organizationId, registryId: RegistryId.parse(id), edition };
  const ways = {
    key: () =>
      countBy(db, "SELECT count(*) AS listed FROM probe JOIN listed_number USING (number)"),
    join: () => countBy(db, joinSql(which)),
    scrub: await createScrubLookUp(db, which),
  };
  const times: Times = { key: [], join: [], scrub: [] };
  for (let round = -1; round < rounds; round++) {
    const counts = new Set<number>();
    for (const way of ["key", "join", "scrub"] as const) {
      const begun = performance.now();
      counts.add(await ways[way]());
      const ms = performance.now() - begun;
      say(`round ${round}, ${way}: ${Math.round(ms)} ms`);
      if (round >= 0) times[way].push(ms); // the first is to warm up
    }
    if (counts.size > 1) throw new Error(`${[...counts].join(" and ")} are listed`);
  }
  return { key: median(times.key), join: median(times.join), scrub: median(times.scrub) };
}

/**
 * Joins the registry's bitmaps with the table of numbers. The numbers are hashed, because they take
 * less memory.
 */
const joinSql = ({ organizationId, registryId }: EditionRef) => `
  SELECT count(*) AS listed FROM registry_block JOIN probe ON block = number / 10000
  WHERE organization_id = '${organizationId}' AND registry_id = '${registryId}'
    AND get_bit(bits, (number % 10000)::int) = 1`;

/**
 * Counts with enough memory to hash a million numbers, but not the bitmaps of a hundred million.
 */
async function countBy({ pool }: Db, query: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("SET work_mem = '24MB'");
    const { rows } = await client.query<{ listed: string }>(query);
    return Number(rows[0]?.listed);
  } finally {
    client.release(true);
  }
}

/**
 * Returns a look-up like that of a scrub: it reads all bitmaps of the registry each time, and checks in
 * memory.
 */
async function createScrubLookUp({ pool }: Db, which: EditionRef) {
  const { rows } = await pool.query<{ number: string }>("SELECT number FROM probe");
  const numbers = Float64Array.from(rows, ({ number }) => Number(number));
  return async () => {
    const client = await pool.connect();
    try {
      const isListed = new Uint8Array(numbers.length);
      createNumberLookup(await loadNumbers(client, which))(numbers, isListed);
      return isListed.reduce((sum, one) => sum + one, 0);
    } finally {
      client.release();
    }
  };
}
