import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import {
  BLOCK_BYTES,
  type Bits,
  type NumberSet,
  ensureBits,
  findBits,
  compareBlocks,
  createNumberSet,
  isEmpty,
  packLines,
} from "@ringfence/core/do-not-call/registry";
import type { PoolClient } from "pg";
import { type CopyRows, copyRows, integerIn, lengthIn, startIn } from "../../platform/copy-rows.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { copyIn, uuidBytes } from "../../platform/copy-in.ts";

type RegistryKey = { organizationId: OrganizationId; registryId: RegistryId };

/** How a COPY, which takes no parameters, names the rows of a registry. */
export const registryCondition = ({ organizationId, registryId }: RegistryKey) =>
  `organization_id = '${organizationId}'::uuid AND registry_id = '${registryId}'::uuid`;

/** What a registry lists by the edition in force, in all its blocks or in some. */
export async function loadBlocks(
  client: PoolClient,
  which: RegistryKey,
  blocks?: readonly number[],
): Promise<NumberSet> {
  const kept = createNumberSet({ isShared: true });
  const some = blocks === undefined ? "" : ` AND block = ANY ('{${blocks.join()}}'::bigint[])`;
  const query = `SELECT block, bits FROM registry_block WHERE ${registryCondition(which)}${some}`;
  await copyRows(client, query, 2, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const from = startIn(rows, row, 1);
      // What has no buffer in between is three times as fast into memory that is shared.
      rows.bytes.copy(ensureBits(kept, integerIn(rows, row, 0)), 0, from, from + BLOCK_BYTES);
    }
  });
  return kept;
}

/** Turns in a set every line that editions after one have changed, once for each time. */
export async function toggleChangesSince(
  client: PoolClient,
  which: RegistryKey,
  edition: number,
  set: NumberSet,
) {
  const since = `SELECT block, lines FROM registry_change WHERE ${registryCondition(which)} AND edition > ${edition}`;
  await copyRows(client, since, 2, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const bits = ensureBits(set, integerIn(rows, row, 0));
      for (const line of readChangedLines(rows, row, 1)) {
        bits[line >> 3] = (bits[line >> 3] ?? 0) ^ (1 << (line & 7));
      }
    }
  });
}

/** Line numbers of two bytes each. */
export function* readChangedLines(rows: CopyRows, row: number, column: number): Generator<number> {
  const [from, size] = [startIn(rows, row, column), lengthIn(rows, row, column)];
  for (let place = from; place < from + size; place += 2) yield rows.bytes.readUInt16BE(place);
}

type BlockChanges = {
  /** Of the edition that makes the difference; null for a first list, which makes none on record. */
  number: number | null;
  /** Those that change, in order: of their keys. */
  blocks: readonly number[];
  before: NumberSet;
  /** Of a block that lists nothing more, no row remains. */
  after: (block: number) => Bits | undefined;
};

/**
 * Writes the blocks of a registry that change, and puts on record which lines of them did. Before each
 * statement the transaction is asked for its connection: one that was given up has none, and what came
 * after on the old one would be no part of it.
 */
export async function saveBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  { number, blocks, before, after }: BlockChanges,
) {
  const key = [uuidBytes(organizationId), uuidBytes(registryId)];
  const kept = blocks.filter((block) => findBits(before, block) !== undefined);
  if (kept.length > 0) {
    const connection = await db.$connection();
    await connection.query(
      `DELETE FROM registry_block
       WHERE organization_id = $1 AND registry_id = $2 AND block = ANY ($3::bigint[])`,
      [organizationId, registryId, kept],
    );
  }
  await copyIn(await db.$connection(), {
    table: "registry_block (organization_id, registry_id, block, bits)",
    key,
    rows: listed(),
  });
  if (number === null) return;
  await copyIn(await db.$connection(), {
    table: "registry_change (organization_id, registry_id, edition, block, lines)",
    key: [...key, number],
    rows: changed(),
  });

  function* listed() {
    for (const block of blocks) {
      const bits = after(block);
      if (bits && !isEmpty(bits)) yield [block, bits] as const;
    }
  }
  function* changed() {
    for (const block of blocks) {
      const change = compareBlocks(findBits(before, block), after(block));
      if (change) yield [block, packLines(change.lines)] as const;
    }
  }
}
