import type { OrganizationId } from "@ringfence/core/ids";
import { addNumber, areasIn, type Bits, blocksIn, emptySet } from "@ringfence/core/registry";
import type { Db } from "@ringfence/db";
import { usPhones } from "./generators/us-phones.ts";

const blocksAtOnce = 2_000;

/** A registry of about so many numbers, in the form in which editions are kept. */
export async function loadRegistry(
  db: Db,
  organizationId: OrganizationId,
  code: string,
  count: number,
) {
  const set = emptySet();
  for (const digits of usPhones(count, 11)) addNumber(set, digits);

  const { id } = await db.prisma.registry.create({
    data: {
      organizationId,
      code,
      name: code,
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "bench" },
      maxAgeDays: 31,
      edition: 1,
      listed: BigInt(count),
      verifiedAt: new Date(),
    },
  });
  let some: [number, Bits][] = [];
  const write = async () => {
    await db.pool.query(
      `INSERT INTO registry_block (organization_id, registry_id, block, bits)
       SELECT $1, $2, * FROM unnest($3::bigint[], $4::bytea[])`,
      [organizationId, id, some.map(([block]) => block), some.map(([, bits]) => Buffer.from(bits))],
    );
    some = [];
  };
  for (const area of areasIn(set)) {
    for (const block of blocksIn(set, area)) {
      some.push(block);
      if (some.length === blocksAtOnce) await write();
    }
  }
  await write();
}
