import { z } from "zod";
import { SegmentId } from "../../platform/ids.ts";
import { storableText, visibleText } from "../../platform/text/index.ts";
import { Rule } from "./rule.ts";
import { SegmentCall } from "./waterfall.ts";

export const SegmentName = visibleText(80).pipe(z.string().min(1));

/** A new segment, or a changed one: then `version` is the version that was opened. */
export const SaveSegment = z.object({
  segment: z.object({ id: SegmentId, version: z.int().min(1) }).optional(),
  name: SegmentName,
  rule: Rule,
});
export type SaveSegment = z.infer<typeof SaveSegment>;

/** A rule that is being built, with its segment and the calls to screen for. */
export const PreviewRule = SegmentCall.extend({ rule: Rule, segmentId: SegmentId.optional() });
export type PreviewRule = z.infer<typeof PreviewRule>;

/** Request for a breakdown of a rule's people by a field. */
export const PreviewSpread = PreviewRule.extend({ field: storableText(64).min(1) });
export type PreviewSpread = z.infer<typeof PreviewSpread>;

/** Request for a random sample of a rule's people. Another `draw` gives others. */
export const DrawPeople = PreviewRule.extend({ draw: z.int().min(0).max(1_000_000).default(0) });
export type DrawPeople = z.infer<typeof DrawPeople>;

/** An export of the phone numbers of a segment, with a reason, which the audit trail shows. */
export const ExportSegment = z.object({
  segmentId: SegmentId,
  reason: storableText(500).min(10),
});
export type ExportSegment = z.infer<typeof ExportSegment>;

/** Ordinals start at 1. A block holds one bit for each of 65,536 people. */
export const BLOCK_PEOPLE = 65_536;

/** Packs people into blocks of bits, lowest bit first. */
export function toBlocks(ordinals: Iterable<number>): Map<number, Uint8Array> {
  const blocks = new Map<number, Uint8Array>();
  for (const ordinal of ordinals) {
    const block = Math.floor(ordinal / BLOCK_PEOPLE);
    const bits = blocks.get(block) ?? new Uint8Array(BLOCK_PEOPLE / 8);
    blocks.set(block, bits);
    const position = ordinal % BLOCK_PEOPLE;
    bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7));
  }
  return blocks;
}

/** Updates the bits of some people in a block and keeps the others. */
export function updateBlock(
  bits: Uint8Array,
  touched: Iterable<number>,
  isMember: (ordinal: number) => boolean,
): Uint8Array {
  const changed = Uint8Array.from(bits);
  for (const ordinal of touched) {
    const position = ordinal % BLOCK_PEOPLE;
    const bit = 1 << (position & 7);
    const others = (changed[position >> 3] ?? 0) & ~bit;
    changed[position >> 3] = isMember(ordinal) ? others | bit : others;
  }
  return changed;
}

/** True if a person is a member, by the bits of their block. */
export const isInBlock = (bits: Uint8Array, ordinal: number): boolean => {
  const position = ordinal % BLOCK_PEOPLE;
  return (((bits[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
};

/** Lists the ordinals of the people in a block, ascending. */
export function* listOrdinals(block: number, bits: Uint8Array): Generator<number> {
  for (const [byte, value] of bits.entries()) {
    for (let bit = 0; value >> bit > 0; bit++) {
      if ((value >> bit) & 1) yield block * BLOCK_PEOPLE + byte * 8 + bit;
    }
  }
}
