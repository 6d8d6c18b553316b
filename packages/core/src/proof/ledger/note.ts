import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64, readBase64 } from "../../platform/base64.ts";

/** A line below a note: who says to have signed it, and with what. */
export type NoteSignature = { name: string; keyId: Uint8Array; signature: Uint8Array };

/** A text that ends with a line feed, and its signatures (C2SP signed-note). */
export type Note = { text: string; signatures: NoteSignature[] };

const LINE_FEED = 0x0a;
const KEY_ID_BYTES = 4;
const SIGNATURE = /^— (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/=]+)$/u;
/** As others count: more are refused, so that nobody is kept busy by a note. */
const MAX_SIGNATURES = 100;

export function writeSignature({ name, keyId, signature }: NoteSignature): string {
  const bytes = new Uint8Array(keyId.length + signature.length);
  bytes.set(keyId);
  bytes.set(signature, keyId.length);
  return `— ${name} ${base64(bytes)}\n`;
}

export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(writeSignature).join("")}`;

/** Null for what has not exactly the form of a signed note. */
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
  const { name = "", bytes = "" } = SIGNATURE.exec(line)?.groups ?? {};
  const read = readBase64(bytes);
  if (read === null || read.length <= KEY_ID_BYTES) return null;
  return { name, keyId: read.slice(0, KEY_ID_BYTES), signature: read.slice(KEY_ID_BYTES) };
}

const hasControls = (text: string) =>
  utf8ToBytes(text).some((byte) => byte < 0x20 && byte !== LINE_FEED);
