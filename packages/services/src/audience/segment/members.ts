import { ContactId, PhoneId, type SegmentId } from "@ringfence/core/ids";
import {
  BLOCK_PEOPLE,
  type KnownSegments,
  type Rule,
  isByBehavior,
  isIn,
  ordinalsIn,
} from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { sql } from "kysely";
import { peopleWhoRefusedProfiling } from "./sql/calls.ts";
import { phoneShown } from "../../platform/access/phone-shown.ts";

/** Who is in a segment as of its last refresh, and by which version; null before the first. */
export async function keptMembers(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<{ version: number; ordinals: number[] } | null> {
  const segment = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: null },
    select: { refreshed: true },
  });
  if (segment === null || segment.refreshed === null) return null;
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId },
    orderBy: { block: "asc" },
  });
  const ordinals = blocks.flatMap(({ block, bits }) => [...ordinalsIn(block, bits)]);
  return { version: segment.refreshed, ordinals };
}

/** Keeps the bits of some blocks of a segment, in the place of those that were kept. */
export async function keepBlocks(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  blocks: ReadonlyMap<number, Uint8Array>,
) {
  if (blocks.size === 0) return;
  await db.$executeRaw`
    INSERT INTO segment_block (organization_id, segment_id, block, bits)
    SELECT ${organizationId}::uuid, ${segmentId}::uuid, *
    FROM unnest(${[...blocks.keys()]}::int[], ${[...blocks.values()]}::bytea[])
    ON CONFLICT (organization_id, segment_id, block) DO UPDATE SET bits = excluded.bits`;
}

/** Of 8 KiB each: a page looks at a million people at most, however few of them are members. */
const BLOCKS_AT_ONCE = 16;

/**
 * The next members of a segment behind an ordinal who are in another too, where one is named; and behind
 * whom to go on, null after the last. What it costs does not grow with the segment.
 */
export async function membersAfter(
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
    const both = within === null ? bits : common(bits, bitsWithin.get(block));
    for (const ordinal of ordinalsIn(block, both)) {
      if (ordinal <= after) continue;
      if (people.length === limit) return { people, next: people.at(-1) ?? null };
      people.push(ordinal);
    }
  }
  const last = blocks.length < BLOCKS_AT_ONCE ? undefined : blocks.at(-1)?.block;
  return { people, next: last === undefined ? null : (last + 1) * BLOCK_PEOPLE - 1 };
}

const common = (bits: Uint8Array, others: Uint8Array | undefined) =>
  bits.map((byte, index) => byte & (others?.[index] ?? 0));

/** Of some people, those who are in a segment as of its last refresh. */
export async function membersAmong(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  ordinals: readonly number[],
): Promise<number[]> {
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId, block: { in: [...new Set(ordinals.map(blockOf))] } },
  });
  const bitsOf = new Map(blocks.map(({ block, bits }) => [block, bits]));
  return ordinals.filter((ordinal) => {
    const bits = bitsOf.get(blockOf(ordinal));
    return bits !== undefined && isIn(bits, ordinal);
  });
}

const blockOf = (ordinal: number) => Math.floor(ordinal / BLOCK_PEOPLE);

/**
 * Of people who were kept, those who may still be told: where any of the rules behind them is by behavior,
 * nobody who has refused profiling by now.
 */
export const withoutRefusers = async (
  ctx: TransactionContext,
  rules: readonly Rule[],
  segments: KnownSegments,
  ordinals: readonly number[],
): Promise<number[]> =>
  rules.some((rule) => isByBehavior(rule, segments)) ? profiled(ctx, ordinals) : [...ordinals];

/** Of some people, those who have not refused profiling by now. */
export async function profiled(
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<number[]> {
  const { organizationId, db } = ctx;
  const who = peopleWhoRefusedProfiling({ organizationId, among: ordinals });
  const { rows } = await sql<{ o: number }>`${who.rows}`.execute(db.$kysely);
  const refused = new Set(rows.map(({ o }) => o));
  return ordinals.filter((ordinal) => !refused.has(ordinal));
}

/** A person of a segment. A number is masked unless whoever looks may take it away; null where erased. */
export type PersonShown = {
  id: ContactId;
  ordinal: number;
  externalId: string | null;
  name: string | null;
  phones: { id: PhoneId; number: string | null }[];
};

/** People by their ordinals, in the order of these. */
export async function peopleShown(
  { db, organizationId, actor }: TransactionContext,
  ordinals: readonly number[],
): Promise<PersonShown[]> {
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
      number: phone.e164 === null ? null : phoneShown(actor, phone.e164),
    })),
  }));
}
