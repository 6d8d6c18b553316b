import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { base64, readBase64 } from "../../platform/base64.ts";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type NoteKey, computeKeyId } from "../../platform/note-key.ts";

/** A signature line below a note: the name of the signer, the key and the signature. */
export type NoteSignature = { name: string; keyId: Uint8Array; signature: Uint8Array };

/** A text that ends with a line feed, and its signatures (C2SP signed-note). */
export type Note = { text: string; signatures: NoteSignature[] };

const LINE_FEED = 0x0a;
const KEY_ID_BYTES = 4;
const SIGNATURE_LINE = /^— (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/=]+)$/u;
/** Notes with more signatures are rejected, so that checking one stays cheap. */
const MAX_SIGNATURES = 100;

/** Formats the line of a signature below a note. */
export function writeSignature({ name, keyId, signature }: NoteSignature): string {
  const bytes = new Uint8Array(keyId.length + signature.length);
  bytes.set(keyId);
  bytes.set(signature, keyId.length);
  return `— ${name} ${base64(bytes)}\n`;
}

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(writeSignature).join("")}`;

/** Parses a signed note. Null unless it has exactly that form, and at most `MAX_SIGNATURES` signatures. */
export function readNote(note: string): Note | null {
  if (hasControls(note) || !note.endsWith("\n")) return null;
  const cut = note.lastIndexOf("\n\n");
  if (cut <= 0) return null;

  const lines = note.slice(cut + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) return null;
  const signatures = lines.flatMap((line) => readSignature(line) ?? []);
  return signatures.length === lines.length ? { text: note.slice(0, cut + 1), signatures } : null;
}

function readSignature(line: string): NoteSignature | null {
  const { name = "", bytes = "" } = SIGNATURE_LINE.exec(line)?.groups ?? {};
  const read = readBase64(bytes);
  if (read === null || read.length <= KEY_ID_BYTES) return null;
  return { name, keyId: read.slice(0, KEY_ID_BYTES), signature: read.slice(KEY_ID_BYTES) };
}

const hasControls = (text: string) =>
  utf8ToBytes(text).some((byte) => byte < 0x20 && byte !== LINE_FEED);

const TIME_BYTES = 8;
/** The latest time that a `Date` can hold. */
const LATEST_SECONDS = 8.64e12;

/** Key that signed a note; for a witness, also the time that it states, unless no date can hold it. */
export type NoteSigner = { key: NoteKey; at: Date | null };

/** Finds which of these keys signed a note. Ignores signatures of other keys, and all but the first of each key. */
export const findSigners = (note: Note, keys: readonly NoteKey[]): NoteSigner[] =>
  keys.flatMap((key) => {
    const theirs = note.signatures.filter((signature) => isSignedWith(signature, key));
    return theirs
      .slice(0, 1)
      .flatMap(({ signature }) => checkSignature(note.text, signature, key) ?? []);
  });

const isSignedWith = ({ name, keyId }: NoteSignature, key: NoteKey) =>
  name === key.name && bytesToHex(keyId) === bytesToHex(computeKeyId(key));

function checkSignature(text: string, signature: Uint8Array, key: NoteKey): NoteSigner | null {
  if (key.type === "log") {
    return isValidSignature(utf8ToBytes(text), signature, key) ? { key, at: null } : null;
  }
  if (signature.length <= TIME_BYTES) return null;
  const seconds = Number(new DataView(signature.slice().buffer).getBigUint64(0));
  const signed = utf8ToBytes(cosignatureText(text, seconds));
  if (!isValidSignature(signed, signature.slice(TIME_BYTES), key)) return null;
  return { key, at: seconds > LATEST_SECONDS ? null : new Date(seconds * 1_000) };
}

/** Formats the text that a witness signs: the note, and the time in seconds. */
export const cosignatureText = (text: string, seconds: number): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`;

/** Encodes a witness's signature as it stands in a note: the time, then the Ed25519 signature. */
export function encodeTimedSignature(seconds: number, signature: Uint8Array): Uint8Array {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return concatBytes(time, signature);
}

/** Verifies an Ed25519 signature strictly (RFC 8032): rejects keys of small order. */
function isValidSignature(
  message: Uint8Array,
  signature: Uint8Array,
  { publicKey }: NoteKey,
): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // not of the length of a signature, or no point of the curve
  }
}
