import type { RegistryId } from "@ringfence/core/ids";
import { type Bits, BLOCK_BYTES, packLines } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";

// Blocks go to and fro a thousand at a time, as one run of bytes: an array of a thousand byte strings
// would be written out as text.
const BLOCKS_PER_STATEMENT = 1_000;

/** Pieces that one statement can carry. */
export function* slicesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BLOCKS_PER_STATEMENT) {
    yield items.slice(start, start + BLOCKS_PER_STATEMENT);
  }
}

/** Those of the blocks that are kept. */
export async function readBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  blocks: readonly number[],
): Promise<Map<number, Bits>> {
  // As text: Prisma takes half as long over it as over bytes.
  const [row] = await db.$queryRaw<[{ blocks: bigint[] | null; bits: string | null }]>`
    SELECT array_agg(block ORDER BY block) AS blocks,
      encode(string_agg(bits, '' ORDER BY block), 'base64') AS bits
    FROM registry_block
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND block = ANY (${blocks}::bigint[])`;
  const bits = new Uint8Array(Buffer.from(row.bits ?? "", "base64"));
  return new Map(
    row.blocks?.map((block, index) => [
      Number(block),
      bits.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES),
    ]),
  );
}

/** Writes blocks over those that are kept. */
export async function writeBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  blocks: ReadonlyMap<number, Bits>,
) {
  const bytes = new Uint8Array(blocks.size * BLOCK_BYTES);
  for (const [index, bits] of [...blocks.values()].entries()) bytes.set(bits, index * BLOCK_BYTES);
  await db.$executeRaw`
    INSERT INTO registry_block (organization_id, registry_id, block, bits)
    SELECT ${organizationId}::uuid, ${registryId}::uuid, block,
      substring(${bytes}::bytea FROM ((place - 1) * ${BLOCK_BYTES} + 1)::int FOR ${BLOCK_BYTES}::int)
    FROM unnest(${[...blocks.keys()]}::bigint[]) WITH ORDINALITY AS listed (block, place)
    ON CONFLICT (organization_id, registry_id, block) DO UPDATE SET bits = excluded.bits`;
}

/** Puts blocks that lie ready where none are kept. */
export async function takeAllStaged(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  stagingId: string,
) {
  await db.$executeRaw`
    INSERT INTO registry_block (organization_id, registry_id, block, bits)
    SELECT organization_id, ${registryId}::uuid, block, bits FROM registry_staging
    WHERE organization_id = ${organizationId}::uuid AND id = ${stagingId}::uuid`;
}

/** Writes some of the blocks that lie ready over those that are kept. */
export async function takeStaged(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  stagingId: string,
  blocks: readonly number[],
) {
  await db.$executeRaw`
    INSERT INTO registry_block (organization_id, registry_id, block, bits)
    SELECT organization_id, ${registryId}::uuid, block, bits FROM registry_staging
    WHERE organization_id = ${organizationId}::uuid AND id = ${stagingId}::uuid
      AND block = ANY (${blocks}::bigint[])
    ON CONFLICT (organization_id, registry_id, block) DO UPDATE SET bits = excluded.bits`;
}

/** Of a block that lists nothing more, no row remains. */
export async function dropBlocks(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  blocks: readonly number[],
) {
  await db.$executeRaw`
    DELETE FROM registry_block
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND block = ANY (${blocks}::bigint[])`;
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
