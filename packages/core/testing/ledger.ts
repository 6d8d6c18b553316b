import { ed25519 } from "@noble/curves/ed25519.js";
import {
  computeKeyId,
  type KeyType,
  type NoteKey,
  writeSignature,
} from "../src/proof/ledger/index.ts";

/** A key that signs notes, the same for the same seed. */
export function aSigner(name: string, type: KeyType, seed: number) {
  const secret = new Uint8Array(32).fill(seed);
  const key: NoteKey = { name, type, publicKey: ed25519.getPublicKey(secret) };
  return {
    key,
    sign: (message: Uint8Array) => ed25519.sign(message, secret),
    /** A signature as a line of a note. */
    line: (signature: Uint8Array) => writeSignature({ name, keyId: computeKeyId(key), signature }),
  };
}
