import { base64, readBase64 } from "../../platform/base64.ts";
import type { TreeHead } from "./merkle.ts";
import type { NoteKey } from "../../platform/note-key.ts";
import { type NoteSigner, findSigners, readNote } from "./note.ts";

/** A checkpoint of the ledger: the size and the root of its log, under the log's name (C2SP tlog-checkpoint). */
export type Checkpoint = TreeHead & { origin: string };

const HASH_BYTES = 32;
const SIZE = /^(0|[1-9]\d*)$/;

/** Formats the text that is signed. It has no extension lines: time stamps prove its time better than we could. */
export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${base64(root)}\n`;

/** Parses a checkpoint; null if it is not valid. Ignores extension lines, which the signature covers too. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = "", size = "", encoded = "", ...more] = text.split("\n");
  const root = readBase64(encoded);
  if (origin === "" || !SIZE.test(size) || root?.length !== HASH_BYTES) return null;
  if (more.at(-1) !== "" || more.slice(0, -1).includes("")) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : null;
}

export type OpenedCheckpoint =
  | { ok: true; checkpoint: Checkpoint; signers: NoteSigner[] }
  | { ok: false; fault: "no-checkpoint" | "other-log" | "not-signed" };

/** Opens a signed checkpoint, and returns which of the keys signed it. The log's own key must be among them. */
export function openCheckpoint(signed: string, keys: readonly NoteKey[]): OpenedCheckpoint {
  const note = readNote(signed);
  const checkpoint = note && readCheckpoint(note.text);
  if (!note || !checkpoint) return { ok: false, fault: "no-checkpoint" };

  const logKeys = keys.filter(({ type }) => type === "log");
  if (!logKeys.some(({ name }) => name === checkpoint.origin)) {
    return { ok: false, fault: "other-log" };
  }
  const signers = findSigners(note, keys);
  const isSigned = signers.some(({ key }) => key.type === "log" && key.name === checkpoint.origin);
  return isSigned ? { ok: true, checkpoint, signers } : { ok: false, fault: "not-signed" };
}
