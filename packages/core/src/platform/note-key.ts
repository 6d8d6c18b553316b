import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { base64, readBase64 } from "./base64.ts";

/**
 * Kinds of keys that sign a checkpoint of the ledger, which is a note (C2SP signed-note): the log's key signs the
 * note, a witness's key the note and a time (C2SP tlog-cosignature).
 */
export const keyTypes = { log: 1, witness: 4 } as const;
export type KeyType = keyof typeof keyTypes;

const KEY_BYTES = 32;

/** The public half of an Ed25519 key, and the name under which it signs notes. */
export type NoteKey = { name: string; type: KeyType; publicKey: Uint8Array };

/**
 * Computes the ID by which a signature names its key. It has four bytes, so collisions are easy and it proves
 * nothing.
 */
export const computeKeyId = ({ name, type, publicKey }: NoteKey): Uint8Array =>
  sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(keyTypes[type]), publicKey)).slice(
    0,
    4,
  );

/** Formats a key for exchange (C2SP signed-note): `name+keyid+base64(type, key)`. */
export function writeNoteKey(key: NoteKey): string {
  const bytes = concatBytes(Uint8Array.of(keyTypes[key.type]), key.publicKey);
  return `${key.name}+${bytesToHex(computeKeyId(key))}+${base64(bytes)}`;
}

const KEY = /^(?<name>[^\s+]+)\+(?<id>[0-9a-f]{8})\+(?<bytes>[A-Za-z0-9+/=]+)$/u;

/** Parses an exchanged key. Null if it is malformed, of another type, or does not match its ID. */
export function readNoteKey(text: string): NoteKey | null {
  const { name = "", id = "", bytes = "" } = KEY.exec(text)?.groups ?? {};
  const read = readBase64(bytes);
  if (read === null || read.length !== 1 + KEY_BYTES) return null;

  const type = read[0] === keyTypes.log ? "log" : read[0] === keyTypes.witness ? "witness" : null;
  if (type === null) return null;
  const key: NoteKey = { name, type, publicKey: read.slice(1) };
  return bytesToHex(computeKeyId(key)) === id ? key : null;
}
