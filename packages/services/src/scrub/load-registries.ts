import type { RegistryId } from "@ringfence/core/ids";
import { BLOCK_BYTES, bitsFor, emptySet, type NumberSet } from "@ringfence/core/registry";
import type { PoolClient } from "pg";
import type { Snapshot } from "./own-queries.ts";
import { copyRows, integerIn } from "./copy-rows.ts";

/** What a registry listed at an instant: its bitmap as it is now, with all that was flipped since. */
export async function loadRegistry(
  client: PoolClient,
  { organizationId, at }: Snapshot,
  registryId: RegistryId,
  isPast: boolean,
): Promise<NumberSet> {
  const set = emptySet();
  const where = `organization_id = '${organizationId}'::uuid AND registry_id = '${registryId}'::uuid`;

  await copyRows(client, `SELECT block, bits FROM registry_block WHERE ${where}`, 2, (row) => {
    const from = row.start[1] ?? 0;
    bitsFor(set, integerIn(row, 0)).set(row.bytes.subarray(from, from + BLOCK_BYTES));
  });
  if (!isPast) return set;

  const flipped = `
    SELECT block, lines FROM registry_change JOIN registry_edition USING (organization_id, registry_id)
    WHERE ${where} AND number = edition AND read_at > '${at.toISOString()}'::timestamptz`;
  await copyRows(client, flipped, 2, (row) => {
    const bits = bitsFor(set, integerIn(row, 0));
    const [from, size] = [row.start[1] ?? 0, row.length[1] ?? 0];
    for (let place = from; place < from + size; place += 2) {
      const line = row.bytes.readUInt16BE(place);
      bits[line >> 3] = (bits[line >> 3] ?? 0) ^ (1 << (line & 7));
    }
  });
  return set;
}
