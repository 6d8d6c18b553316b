import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type NoteKey, keyIdOf } from "../../platform/note-key.ts";
import type { Note, NoteSignature } from "./note.ts";

const TIME_BYTES = 8;

/** Who signed a note; of a witness also when, as it says itself. */
export type SignedBy = { key: NoteKey; at: Date | null };

/** The signatures of a note that hold, of these keys. Those of others are nobody's business. */
export const signersOf = (note: Note, keys: readonly NoteKey[]): SignedBy[] =>
  keys.flatMap((key) => {
    const theirs = note.signatures.filter((signature) => isOf(signature, key));
    return theirs.slice(0, 1).flatMap(({ signature }) => check(note.text, signature, key) ?? []);
  });

const isOf = ({ name, keyId }: NoteSignature, key: NoteKey) =>
  name === key.name && bytesToHex(keyId) === bytesToHex(keyIdOf(key));

function check(text: string, signature: Uint8Array, key: NoteKey): SignedBy | null {
  if (key.type === "log") {
    return isSigned(utf8ToBytes(text), signature, key) ? { key, at: null } : null;
  }
  if (signature.length <= TIME_BYTES) return null;
  const seconds = Number(new DataView(signature.slice().buffer).getBigUint64(0));
  const signed = utf8ToBytes(cosigned(text, seconds));
  return isSigned(signed, signature.slice(TIME_BYTES), key)
    ? { key, at: new Date(seconds * 1_000) }
    : null;
}

/** What a witness signs: that it saw this note at this time, in seconds, and no other history. */
export const cosigned = (text: string, seconds: number): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`;

/** The signature of a witness as a line of a note holds it: the time, then what Ed25519 made. */
export function timedSignature(seconds: number, signature: Uint8Array): Uint8Array {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return concatBytes(time, signature);
}

/** Ed25519 as RFC 8032 has it, which is stricter than some: a key of small order signs nothing. */
function isSigned(message: Uint8Array, signature: Uint8Array, { publicKey }: NoteKey): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // not of the length of a signature, or no point of the curve
  }
}
