// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash, type KeyObject } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { BLOCK_BYTES, type Cmac, type Keys, createCmac } from "../../platform/internal.ts";

/**
 * Input of the MAC which proves that our own code wrote a consent event that can allow calls, the correction of an
 * opt-out, a suppression with its end, or a call preference. A row that somebody else put into the database has no
 * valid MAC. `contentHash` covers what the event says besides ids and dates.
 */
export type MacInput = {
  kind: EventKind;
  /** Id of the consent, of the corrected opt-out, of the suppression, or of the call preference. */
  id: string;
  phoneId: string;
  /** Dates are epoch milliseconds. */
  at: number;
  until: number | null;
  recordedAt: number;
  contentHash: Uint8Array;
};

export type EventKind = keyof typeof kinds;
const kinds = { consent: 1, correction: 2, suppression: 3, preference: 4 } as const;

/**
 * Blocks per event: two ids, the hash of its content (two blocks), then its kind and three dates (two blocks).
 */
const BLOCKS = 6;

type EventKeys = Pick<Keys, "eventKeys">;

/** Hashes what an event says. Events that say the same can share the hash. */
export const hashContent = (content: readonly unknown[]): Uint8Array =>
  new Uint8Array(hash("sha256", JSON.stringify(content), "buffer"));

/** Computes the MACs of events with the current key, 16 bytes each. */
export function createMacs(
  keys: EventKeys,
  organizationId: OrganizationId,
  events: readonly MacInput[],
): Uint8Array<ArrayBuffer>[] {
  const batch = createMacBatch(events.length);
  for (const [index, event] of events.entries()) writeEvent(batch, index, event);
  const [key] = keys.eventKeys(organizationId);
  const macs = getCmac(key)(batch.blocks, BLOCKS);
  return events.map((_, index) => macs.slice(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES));
}

/**
 * Returns for each event whether our current key or an earlier one made its MAC. False without a MAC, or with one of
 * another length: it then counts as zeros, which no key makes.
 */
export function verifyMacs(
  keys: EventKeys,
  organizationId: OrganizationId,
  events: readonly (MacInput & { mac: Uint8Array | null })[],
): boolean[] {
  if (events.length === 0) return [];
  const batch = createMacBatch(events.length);
  for (const [index, event] of events.entries()) {
    writeEvent(batch, index, event);
    if (event.mac?.length === BLOCK_BYTES) batch.macs.set(event.mac, index * BLOCK_BYTES);
  }
  return [...verifyBatch(keys, organizationId, batch, events.length)].map(Boolean);
}

/**
 * Events whose MACs are computed together, stored block by block across all events. Used once: `verifyBatch` overwrites
 * it.
 */
export type MacBatch = {
  blocks: Uint8Array<ArrayBuffer>;
  view: DataView;
  /** Recorded MACs. */
  macs: Uint8Array<ArrayBuffer>;
  size: number;
};

/** Creates a batch for this many events, all zeros: an event whose MAC is not copied into it is not verified. */
export function createMacBatch(size: number): MacBatch {
  const blocks = new Uint8Array(size * BLOCKS * BLOCK_BYTES);
  const macs = new Uint8Array(size * BLOCK_BYTES);
  return { blocks, view: new DataView(blocks.buffer), macs, size };
}

/** Returns the offset of a block (0 to 5) of the event with this index. */
const blockOffset = ({ size }: MacBatch, index: number, block: number) =>
  (block * size + index) * BLOCK_BYTES;

function writeEvent(batch: MacBatch, index: number, event: MacInput) {
  for (const [block, id] of [event.id, event.phoneId].entries()) {
    const hex = Buffer.from(id.replaceAll("-", ""), "hex");
    batch.blocks.set(hex, blockOffset(batch, index, block));
  }
  writeWithoutIds(batch, index, event);
}

/** Copies an id from a row into the batch. `block` is 0 for the event's own id, and 1 for its phone's. */
export function copyId(
  batch: MacBatch,
  index: number,
  block: 0 | 1,
  from: { view: DataView; at: number },
) {
  const to = blockOffset(batch, index, block);
  for (let byte = 0; byte < BLOCK_BYTES; byte += 4) {
    batch.view.setInt32(to + byte, from.view.getInt32(from.at + byte));
  }
}

/** Copies a MAC from a row into the batch. Anything of another length stays zeros there, and is not verified. */
export function copyMac(
  batch: MacBatch,
  index: number,
  { bytes, at, length }: { bytes: Uint8Array; at: number; length: number },
) {
  if (length !== BLOCK_BYTES) return;
  const to = index * BLOCK_BYTES;
  for (let byte = 0; byte < BLOCK_BYTES; byte++) batch.macs[to + byte] = bytes[at + byte] ?? 0;
}

type EventWithoutIds = Omit<MacInput, "id" | "phoneId">;

/**
 * Writes everything but the ids into the batch. Together with `copyId` it must write each event, or its MAC is wrong.
 */
export function writeWithoutIds(
  batch: MacBatch,
  index: number,
  { kind, at, until, recordedAt, contentHash }: EventWithoutIds,
) {
  const { view } = batch;
  const [third, fourth] = [blockOffset(batch, index, 2), blockOffset(batch, index, 3)];
  for (let byte = 0; byte < BLOCK_BYTES; byte++) {
    batch.blocks[third + byte] = contentHash[byte] ?? 0;
    batch.blocks[fourth + byte] = contentHash[BLOCK_BYTES + byte] ?? 0;
  }
  const fifth = blockOffset(batch, index, 4);
  view.setFloat64(fifth, kinds[kind]);
  view.setFloat64(fifth + 8, at);
  const sixth = blockOffset(batch, index, 5);
  view.setFloat64(sixth, until ?? Number.NEGATIVE_INFINITY); // no date is so early
  view.setFloat64(sixth + 8, recordedAt);
}

/**
 * Returns 1 for each of the first `count` events with a MAC that one of our keys made for it, else 0. Overwrites the
 * batch.
 */
export function verifyBatch(
  keys: EventKeys,
  organizationId: OrganizationId,
  { blocks, macs }: MacBatch,
  count: number,
): Uint8Array {
  const verified = new Uint8Array(count);
  const ring = keys.eventKeys(organizationId);
  for (const [index, key] of ring.entries()) {
    const isLast = index === ring.length - 1;
    const made = getCmac(key)(isLast ? blocks : blocks.slice(), BLOCKS);
    let missed = 0;
    for (let event = 0; event < count; event++) {
      if (verified[event] === 0 && isSameMac(made, macs, event * BLOCK_BYTES)) verified[event] = 1;
      missed += 1 - (verified[event] ?? 0);
    }
    if (missed === 0) break;
  }
  return verified;
}

/** Compares in constant time. */
function isSameMac(made: Uint8Array, recorded: Uint8Array, from: number): boolean {
  let differs = 0;
  for (let byte = from; byte < from + BLOCK_BYTES; byte++) {
    differs |= (made[byte] ?? 0) ^ (recorded[byte] ?? 0);
  }
  return differs === 0;
}

const cmacs = new WeakMap<KeyObject, Cmac>();

function getCmac(key: KeyObject): Cmac {
  const cached = cmacs.get(key);
  if (cached) return cached;
  const cmac = createCmac(key);
  cmacs.set(key, cmac);
  return cmac;
}
