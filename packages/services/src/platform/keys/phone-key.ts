// A keyed hash depends only on its key and its input.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac, type KeyObject } from "node:crypto";
import type { Phone } from "@ringfence/core/people/phone";

/** Keys of one organization, one for each generation of the master key, oldest first. */
export type PhoneSecret = readonly KeyObject[];

/** Hash that finds a number after its erasure, and the last generation that it was chained to. */
export type PhoneKey = { bytes: Uint8Array<ArrayBuffer>; generation: number };

/**
 * Computes HMAC-SHA-256 of a number with the oldest key, then of that hash with the next key, and so on.
 * After a rotation of the master key, recorded hashes can therefore be hashed once more although their
 * numbers are no longer known.
 */
export const computePhoneKey = (secret: PhoneSecret, phone: Phone): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    secret.reduce<Uint8Array>((hashed, key) => nextHash(key, hashed), Buffer.from(phone)),
  );

/** Continues a recorded hash with the key that was created after it. */
export const nextHash = (key: KeyObject, hashed: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHmac("sha256", key).update(hashed).digest());
