/**
 * Creates a cache from bytes to a number, and calls `assignNumber` for new bytes. Made for few different values
 * in millions of rows, where creating a string for each row would take longer than everything else. It never
 * forgets a value.
 */
export function createByteIndex(assignNumber: (bytes: Buffer) => number) {
  /** Hash table with open addressing: the index of an entry + 1; 0 is free. At most half of the slots are used. */
  let slots = new Int32Array(1_024);
  const entries: { bytes: Buffer; view: DataView; hash: number; assigned: number }[] = [];

  const occupy = (entry: number, hash: number) => {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry + 1;
  };

  const add = (content: Buffer, hash: number): number => {
    const bytes = Buffer.from(content);
    const assigned = assignNumber(bytes);
    entries.push({ bytes, view: toView(bytes), hash, assigned });
    if (entries.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (const [index, entry] of entries.entries()) occupy(index, entry.hash);
    } else occupy(entries.length - 1, hash);
    return assigned;
  };

  /** Returns the number of the bytes `[from..to)`; `view` is a view of the same memory. */
  return (bytes: Buffer, view: DataView, from: number, to: number): number => {
    const hash = hashBytes(view, from, to);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = entries[(slots[slot] ?? 0) - 1];
      if (entry === undefined) return add(bytes.subarray(from, to), hash);
      if (entry.hash === hash && isSame(entry.view, view, from, to)) return entry.assigned;
    }
  };
}

const toView = ({ buffer, byteOffset, length }: Buffer) => new DataView(buffer, byteOffset, length);

/** Hashes four bytes at a time, and then the remaining ones singly. */
function hashBytes(view: DataView, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) hash = mix(hash, view.getInt32(at));
  for (; at < to; at++) hash = mix(hash, view.getUint8(at));
  return hash;
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function isSame(known: DataView, view: DataView, from: number, to: number): boolean {
  if (known.byteLength !== to - from) return false;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    if (known.getInt32(at - from) !== view.getInt32(at)) return false;
  }
  for (; at < to; at++) if (known.getUint8(at - from) !== view.getUint8(at)) return false;
  return true;
}
