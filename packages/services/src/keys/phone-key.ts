// A keyed hash depends on the key and on what is hashed alone.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac, type KeyObject } from "node:crypto";
import type { Phone } from "@ringfence/core/phone";

/** The keys of one organization, one for each generation of the master key, the oldest first. */
export type PhoneSecret = readonly KeyObject[];

/** The hash by which a number is found after its erasure, and up to which generation it is chained. */
export type PhoneKey = { bytes: Uint8Array<ArrayBuffer>; generation: number };

/**
 * HMAC-SHA-256 of a number under the oldest key, and of that under the next, and so on: when the master
 * key is rotated, hashes on record are hashed once more, though nobody knows their numbers any more.
 */
export const phoneKeyBy = (secret: PhoneSecret, phone: Phone): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    secret.reduce<Uint8Array>((hashed, key) => nextHash(key, hashed), Buffer.from(phone)),
  );

/** What a hash on record becomes under the key that was made after it. */
export const nextHash = (key: KeyObject, hashed: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHmac("sha256", key).update(hashed).digest());
