import { ContactId, PhoneId, type SegmentId } from "@ringfence/core/ids";
import {
  BLOCK_PEOPLE,
  type KnownSegments,
  type Rule,
  isInBlock,
  listOrdinals,
  usesBehavior,
} from "@ringfence/core/audience/segment";
import { type TransactionContext, maskPhoneFor, toTable } from "../../platform/internal.ts";
import { withoutProfilingRefusers } from "../relevance/internal.ts";

/**
 * Loads the members as of the last refresh or followed activity, in ascending order, with the time of the refresh and
 * the version of the segment's own rule. Null before the first refresh, or if archived.
 */
export async function loadMembers(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<{ version: number; refreshedAt: Date | null; ordinals: number[] } | null> {
  const segment = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: null },
    select: { refreshed: true, refreshedAt: true },
  });
  if (segment === null || segment.refreshed === null) return null;
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId },
    orderBy: { block: "asc" },
  });
  const ordinals = blocks.flatMap(({ block, bits }) => [...listOrdinals(block, bits)]);
  return { version: segment.refreshed, refreshedAt: segment.refreshedAt, ordinals };
}

/** Saves blocks of bits, replacing these blocks and no others. */
export async function saveBlocks(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  blocks: ReadonlyMap<number, Uint8Array>,
) {
  if (blocks.size === 0) return;
  const rows = Array.from(blocks, ([block, bits]) => ({ block, bits }));
  await db.$executeRaw`
    INSERT INTO segment_block (organization_id, segment_id, block, bits)
    SELECT ${organizationId}::uuid, ${segmentId}::uuid, block, bits
    FROM ${toTable(rows, { block: "int", bits: "bytea" })} AS made
    ON CONFLICT (organization_id, segment_id, block) DO UPDATE SET bits = excluded.bits`;
}

/** Each is 8 KiB. A page looks at no more than a million people, however few are members. */
const BLOCKS_AT_ONCE = 16;

/**
 * Loads the next members after an ordinal, optionally only those in a second segment, and where to continue (null after
 * the last). A page may be short or empty although more follow. The cost does not grow with the segment.
 */
export async function loadMembersAfter(
  { db, organizationId }: TransactionContext,
  { segmentId, within }: { segmentId: SegmentId; within: SegmentId | null },
  { after, limit }: { after: number; limit: number },
): Promise<{ people: number[]; next: number | null }> {
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { gte: Math.floor((after + 1) / BLOCK_PEOPLE) } },
    orderBy: { block: "asc" },
    take: BLOCKS_AT_ONCE,
  });
  const others =
    within === null
      ? []
      : await db.segmentBlock.findMany({
          where: {
            organizationId,
            segmentId: within,
            block: { in: blocks.map(({ block }) => block) },
          },
        });
  const bitsWithin = new Map(others.map(({ block, bits }) => [block, bits]));
  const people: number[] = [];
  for (const { block, bits } of blocks) {
    const both = within === null ? bits : intersectBits(bits, bitsWithin.get(block));
    for (const ordinal of listOrdinals(block, both)) {
      if (ordinal <= after) continue;
      if (people.length === limit) return { people, next: people.at(-1) ?? null };
      people.push(ordinal);
    }
  }
  const last = blocks.length < BLOCKS_AT_ONCE ? undefined : blocks.at(-1)?.block;
  return { people, next: last === undefined ? null : (last + 1) * BLOCK_PEOPLE - 1 };
}

const intersectBits = (bits: Uint8Array, others: Uint8Array | undefined) =>
  bits.map((byte, index) => byte & (others?.[index] ?? 0));

/** Filters people down to the members as of the last refresh, in the same order. None if it was never refreshed. */
export async function filterMembers(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  ordinals: readonly number[],
): Promise<number[]> {
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { in: [...new Set(ordinals.map(findBlock))] } },
  });
  const bitsByBlock = new Map(blocks.map(({ block, bits }) => [block, bits]));
  return ordinals.filter((ordinal) => {
    const bits = bitsByBlock.get(findBlock(ordinal));
    return bits !== undefined && isInBlock(bits, ordinal);
  });
}

const findBlock = (ordinal: number) => Math.floor(ordinal / BLOCK_PEOPLE);

/** Leaves out people who opted out of profiling, if any of the rules uses behavior. */
export const withoutBarredPeople = async (
  ctx: TransactionContext,
  rules: readonly Rule[],
  segments: KnownSegments,
  ordinals: readonly number[],
): Promise<number[]> =>
  rules.some((rule) => usesBehavior(rule, segments))
    ? withoutProfilingRefusers(ctx, ordinals)
    : [...ordinals];

/** A person as shown. The number is masked unless the viewer may export it, and null if erased. */
export type PersonView = {
  id: ContactId;
  ordinal: number;
  externalId: string | null;
  name: string | null;
  phones: { id: PhoneId; number: string | null }[];
};

/** Loads people in ascending order of their ordinals. */
export async function loadPersonViews(
  { db, organizationId, actor }: TransactionContext,
  ordinals: readonly number[],
): Promise<PersonView[]> {
  const contacts = await db.contact.findMany({
    where: { organizationId, ordinal: { in: [...ordinals] } },
    select: {
      id: true,
      ordinal: true,
      externalId: true,
      name: true,
      phones: { select: { phone: { select: { id: true, e164: true } } } },
    },
    orderBy: { ordinal: "asc" },
  });
  return contacts.map(({ id, phones, ...contact }) => ({
    ...contact,
    id: ContactId.parse(id),
    phones: phones.map(({ phone }) => ({
      id: PhoneId.parse(phone.id),
      number: phone.e164 === null ? null : maskPhoneFor(actor, phone.e164),
    })),
  }));
}
