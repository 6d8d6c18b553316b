import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import { BLOCK_BYTES, bitsFor, emptySet, type NumberSet } from "@ringfence/core/registry";
import type { PoolClient } from "pg";
import { copyRows, integerIn } from "./copy-rows.ts";

/** What a registry listed by one of its editions: its bitmap of today, turned back by all since. */
export async function loadRegistry(
  client: PoolClient,
  organizationId: OrganizationId,
  registryId: RegistryId,
  edition: number,
): Promise<NumberSet> {
  const set = emptySet();
  const where = `organization_id = '${organizationId}'::uuid AND registry_id = '${registryId}'::uuid`;

  await copyRows(client, `SELECT block, bits FROM registry_block WHERE ${where}`, 2, (row) => {
    const from = row.start[1] ?? 0;
    bitsFor(set, integerIn(row, 0)).set(row.bytes.subarray(from, from + BLOCK_BYTES));
  });
  const since = `SELECT block, lines FROM registry_change WHERE ${where} AND edition > ${edition}`;
  await copyRows(client, since, 2, (row) => {
    const bits = bitsFor(set, integerIn(row, 0));
    const [from, size] = [row.start[1] ?? 0, row.length[1] ?? 0];
    for (let place = from; place < from + size; place += 2) {
      const line = row.bytes.readUInt16BE(place);
      bits[line >> 3] = (bits[line >> 3] ?? 0) ^ (1 << (line & 7));
    }
  });
  return set;
}
