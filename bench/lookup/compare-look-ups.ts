import { type OrganizationId, RegistryId } from "@ringfence/core/ids";
import { makeNumberLookup } from "@ringfence/core/registry";
import type { Db } from "@ringfence/db";
import { loadNumbers } from "../../packages/services/src/scrub/load-registries.ts";
import { type BenchOptions, medianOf } from "../bench.ts";

type Times = { key: number[]; join: number[]; scrub: number[] };

/** How many milliseconds all probes take, by each way to look them up. */
export async function compareLookUps(
  db: Db,
  organizationId: OrganizationId,
  { rounds, say }: Pick<BenchOptions, "rounds" | "say">,
) {
  const ways = {
    key: () =>
      countBy(db, "SELECT count(*) AS listed FROM probe JOIN listed_number USING (number)"),
    join: () => countBy(db, joinOf(organizationId)),
    scrub: await asScrub(db, organizationId),
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
  return { key: medianOf(times.key), join: medianOf(times.join), scrub: medianOf(times.scrub) };
}

/** Bitmaps beside the numbers in their table, as for the file of blocked numbers. */
const joinOf = (organizationId: OrganizationId) => `
  SELECT count(*) AS listed
  FROM registry JOIN registry_block
    ON registry_block.organization_id = registry.organization_id AND registry_id = registry.id
  JOIN probe ON block = number / 10000
  WHERE registry.organization_id = '${organizationId}' AND get_bit(bits, (number % 10000)::int) = 1`;

async function countBy({ pool }: Db, query: string): Promise<number> {
  const { rows } = await pool.query<{ listed: string }>(query);
  return Number(rows[0]?.listed);
}

/** The numbers come out of a file; of a registry all bitmaps are read, each time, and asked in memory. */
async function asScrub({ prisma, pool }: Db, organizationId: OrganizationId) {
  const { id, edition } = await prisma.registry.findFirstOrThrow({ where: { organizationId } });
  const which = { organizationId, registryId: RegistryId.parse(id), edition };
  const { rows } = await pool.query<{ number: string }>("SELECT number FROM probe");
  const numbers = Float64Array.from(rows, ({ number }) => Number(number));
  return async () => {
    const client = await pool.connect();
    try {
      const isListed = new Uint8Array(numbers.length);
      makeNumberLookup(await loadNumbers(client, which))(numbers, isListed);
      return isListed.reduce((sum, one) => sum + one, 0);
    } finally {
      client.release();
    }
  };
}
