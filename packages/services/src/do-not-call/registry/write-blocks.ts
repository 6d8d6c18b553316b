import type { RegistryId } from "@ringfence/core/ids";
import {
  type Bits,
  bitsIn,
  blockChange,
  isEmpty,
  type NumberSet,
  packLines,
} from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";
import { copyIn, uuidBytes } from "../../platform/copy-in.ts";

type Writing = {
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
export async function writeBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  { number, blocks, before, after }: Writing,
) {
  const key = [uuidBytes(organizationId), uuidBytes(registryId)];
  const kept = blocks.filter((block) => bitsIn(before, block) !== undefined);
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
      const change = blockChange(bitsIn(before, block), after(block));
      if (change) yield [block, packLines(change.lines)] as const;
    }
  }
}
