import { once } from "node:events";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { from } from "pg-copy-streams";
import { usPhones } from "../generators/us-phones.ts";
import { randomOf } from "../generators/random.ts";

/** A million numbers to ask about: three in ten are listed, the others share an exchange with one that is. */
export async function loadProbes(db: Db, listed: number, probes: number) {
  await fill(db, "listed_number (number bigint PRIMARY KEY)", usPhones(listed, 11));
  await fill(db, "probe (number bigint)", probesNear(usPhones(listed, 11), listed, probes));
}

async function fill({ pool }: Db, table: string, numbers: Iterable<number>) {
  const [name = ""] = table.split(" ");
  const client = await pool.connect();
  try {
    await client.query(`DROP TABLE IF EXISTS ${name}; CREATE TABLE ${table}`);
    const sink = client.query(from(`COPY ${name} FROM STDIN`));
    for (const digits of numbers) if (!sink.write(`${digits}\n`)) await once(sink, "drain");
    sink.end();
    await once(sink, "finish");
    await client.query(`VACUUM ANALYZE ${name}`);
  } finally {
    client.release();
  }
}

function* probesNear(numbers: Iterable<number>, listed: number, probes: number) {
  const random = randomOf(3);
  for (const digits of numbers) {
    if (random() * listed >= probes) continue;
    const isMember = random() < 0.3;
    yield isMember ? digits : digits - (digits % 10_000) + Math.floor(random() * 10_000);
  }
}

/** Asks the bitmaps, or the keys, about every probe; how many are listed, and in how many milliseconds. */
export async function lookUp({ pool }: Db, organizationId: OrganizationId, by: "bitmap" | "key") {
  const begun = performance.now();
  const { rows } =
    by === "key"
      ? await pool.query<{ listed: string }>(
          "SELECT count(*) AS listed FROM probe JOIN listed_number USING (number)",
        )
      : await pool.query<{ listed: string }>(
          `SELECT count(*) AS listed FROM probe JOIN registry_block
             ON organization_id = $1 AND block = number / 10000
             AND registry_id = (SELECT id FROM registry WHERE organization_id = $1)
           WHERE get_bit(bits, (number % 10000)::int) = 1`,
          [organizationId],
        );
  return { listed: Number(rows[0]?.listed), ms: performance.now() - begun };
}
