import { z } from "zod";
import { SegmentId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import { Rule } from "./rule.ts";
import { SegmentCall } from "./waterfall.ts";

export const SegmentName = storableText(80).min(1);

/** A new segment, or one that is changed: then `version` is the one that was opened. */
export const SaveSegment = z.object({
  segment: z.object({ id: SegmentId, version: z.int().min(1) }).optional(),
  name: SegmentName,
  rule: Rule,
});
export type SaveSegment = z.infer<typeof SaveSegment>;

/** A rule that is being built, of which segment, and for which calls. */
export const AskRule = SegmentCall.extend({ rule: Rule, segmentId: SegmentId.optional() });
export type AskRule = z.infer<typeof AskRule>;

/** How the people of a rule are spread over the values of a field. */
export const AskSpread = AskRule.extend({ field: storableText(64).min(1) });
export type AskSpread = z.infer<typeof AskSpread>;

/** Some people of a rule by chance; another `draw` gives others. */
export const AskPeople = AskRule.extend({ draw: z.int().min(0).max(1_000_000).default(0) });
export type AskPeople = z.infer<typeof AskPeople>;

/** The numbers of a segment are taken away for a reason that others can read. */
export const ExportSegment = z.object({
  segmentId: SegmentId,
  reason: storableText(500).min(10),
});
export type ExportSegment = z.infer<typeof ExportSegment>;

/** People are numbered from 1; a block holds 65,536 of them, one bit each. */
export const BLOCK_PEOPLE = 65_536;

/** The bits of some people by their block, lowest bit first. */
export function blocksOf(ordinals: Iterable<number>): Map<number, Uint8Array> {
  const blocks = new Map<number, Uint8Array>();
  for (const ordinal of ordinals) {
    const block = Math.floor(ordinal / BLOCK_PEOPLE);
    const bits = blocks.get(block) ?? new Uint8Array(BLOCK_PEOPLE / 8);
    blocks.set(block, bits);
    const place = ordinal % BLOCK_PEOPLE;
    bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
  }
  return blocks;
}

/** Bits of a block in which some of its people are members, or not, and the others as they were. */
export function withMembers(
  bits: Uint8Array,
  touched: Iterable<number>,
  isMember: (ordinal: number) => boolean,
): Uint8Array {
  const changed = Uint8Array.from(bits);
  for (const ordinal of touched) {
    const place = ordinal % BLOCK_PEOPLE;
    const bit = 1 << (place & 7);
    const others = (changed[place >> 3] ?? 0) & ~bit;
    changed[place >> 3] = isMember(ordinal) ? others | bit : others;
  }
  return changed;
}

/** Whether somebody of a block is a member. */
export const isIn = (bits: Uint8Array, ordinal: number): boolean => {
  const place = ordinal % BLOCK_PEOPLE;
  return (((bits[place >> 3] ?? 0) >> (place & 7)) & 1) === 1;
};

/** The people of a block. */
export function* ordinalsIn(block: number, bits: Uint8Array): Generator<number> {
  for (const [byte, value] of bits.entries()) {
    for (let bit = 0; value >> bit > 0; bit++) {
      if ((value >> bit) & 1) yield block * BLOCK_PEOPLE + byte * 8 + bit;
    }
  }
}
