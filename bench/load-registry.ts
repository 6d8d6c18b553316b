import type { OrganizationId } from "@ringfence/core/ids";
import { BLOCK_BYTES, addLine } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import { insertBlocks } from "../packages/services/src/do-not-call/registry/insert-blocks.ts";
import { usBlocks } from "./generators/us-phones.ts";

/** Loads a registry of about this many numbers, in the form in which editions are stored. */
export async function loadRegistry(
  { prisma, pool }: Db,
  organizationId: OrganizationId,
  code: string,
  count: number,
) {
  const { id } = await prisma.registry.create({
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
  const client = await pool.connect();
  try {
    await insertBlocks(async () => client, {
      table: "registry_block",
      key: { organization_id: organizationId, registry_id: id },
      column: "bits",
      rows: makeBitmaps(count),
    });
  } finally {
    client.release();
  }
}

/** Yields the bitmaps of the numbers that `usPhones` makes from the same seed. */
function* makeBitmaps(count: number) {
  for (const { block, lines } of usBlocks(count, LISTED_SEED)) {
    const bits = new Uint8Array(BLOCK_BYTES);
    for (const line of lines) addLine(bits, line);
    yield [block, bits] as const;
  }
}

/** Seed of the listed numbers. */
export const LISTED_SEED = 11;
