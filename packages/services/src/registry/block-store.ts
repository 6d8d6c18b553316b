import type { RegistryId } from "@ringfence/core/ids";
import { type Bits, BLOCK_BYTES, isEmpty, packLines } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";

// Blocks go to and fro a thousand at a time, as one run of bytes: an array of a thousand byte strings
// would be written out as text.
export const BLOCKS_PER_STATEMENT = 1_000;

/** The numbers of all blocks that are kept, in order. */
export async function keptBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<number[]> {
  const [row] = await db.$queryRaw<[{ blocks: bigint[] | null }]>`
    SELECT array_agg(block ORDER BY block) AS blocks FROM registry_block
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid`;
  return row.blocks?.map(Number) ?? [];
}

/** Those of the blocks that are kept. */
export async function readBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  blocks: readonly number[],
): Promise<Map<number, Bits>> {
  const [row] = await db.$queryRaw<[{ blocks: bigint[] | null; bits: Bits | null }]>`
    SELECT array_agg(block ORDER BY block) AS blocks, string_agg(bits, '' ORDER BY block) AS bits
    FROM registry_block
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND block = ANY (${blocks}::bigint[])`;
  const bits = row.bits ?? new Uint8Array();
  return new Map(
    row.blocks?.map((block, index) => [
      Number(block),
      bits.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES),
    ]),
  );
}

/** Writes blocks over those that are kept; of one that lists nothing more, no row remains. */
export async function writeBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  blocks: ReadonlyMap<number, Bits>,
) {
  const listed = [...blocks].filter(([, bits]) => !isEmpty(bits));
  const bytes = new Uint8Array(listed.length * BLOCK_BYTES);
  for (const [index, [, bits]] of listed.entries()) bytes.set(bits, index * BLOCK_BYTES);
  await db.$executeRaw`
    INSERT INTO registry_block (organization_id, registry_id, block, bits)
    SELECT ${organizationId}::uuid, ${registryId}::uuid, block,
      substring(${bytes}::bytea FROM ((place - 1) * ${BLOCK_BYTES} + 1)::int FOR ${BLOCK_BYTES}::int)
    FROM unnest(${listed.map(([block]) => block)}::bigint[]) WITH ORDINALITY AS listed (block, place)
    ON CONFLICT (organization_id, registry_id, block) DO UPDATE SET bits = excluded.bits`;

  if (listed.length === blocks.size) return;
  const empty = [...blocks].flatMap(([block, bits]) => (isEmpty(bits) ? [block] : []));
  await db.$executeRaw`
    DELETE FROM registry_block
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND block = ANY (${empty}::bigint[])`;
}

/** Puts on record which lines an edition has changed, so that earlier days can be walked back to. */
export async function writeChanges(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  edition: number,
  changes: readonly { block: number; lines: readonly number[] }[],
) {
  const ends = changes.map(() => 0);
  const bytes = packLines(changes.flatMap(({ lines }) => lines));
  let end = 0;
  for (const [index, { lines }] of changes.entries()) ends[index] = end += lines.length * 2;
  await db.$executeRaw`
    INSERT INTO registry_change (organization_id, registry_id, edition, block, lines)
    SELECT ${organizationId}::uuid, ${registryId}::uuid, ${edition}::int, block,
      substring(${bytes}::bytea FROM until - length + 1 FOR length)
    FROM unnest(
      ${changes.map(({ block }) => block)}::bigint[], ${ends}::int[],
      ${changes.map(({ lines }) => lines.length * 2)}::int[]
    ) AS change (block, until, length)`;
}
