import { base64, readBase64 } from "../../platform/base64.ts";
import { type OpenedCheckpoint, openCheckpoint } from "./checkpoint.ts";
import { type InclusionProof, hashLeaf, isInclusionProven } from "./merkle.ts";
import type { NoteKey } from "../../platform/note-key.ts";

/** Proof that an entry is in a log: its inclusion proof, and the signed checkpoint that it leads to. */
export type TlogProof = InclusionProof & { checkpoint: string };

const FIRST_LINE = "c2sp.org/tlog-proof@v1\n";
const INDEX = /^index (?<index>0|[1-9]\d*)$/;
const HASH_BYTES = 32;
/** No tree of up to 2^63 leaves is deeper. */
const MAX_HASHES = 63;

/** Formats the proof as a file that goes with a certificate (C2SP tlog-proof). */
export const writeTlogProof = (proof: TlogProof): string => `${FIRST_LINE}${writeSpicy(proof)}`;

/** Writes the proof for Debian's `spicy-litetlog`, without the line that names the format. */
export const writeSpicy = ({ index, path, checkpoint }: TlogProof): string =>
  `index ${index}\n${path.map((hash) => `${base64(hash)}\n`).join("")}\n${checkpoint}`;

/** Parses a proof file; null if it is not valid. Ignores the line of extra data that the format allows. */
export function readTlogProof(text: string): TlogProof | null {
  if (!text.startsWith(FIRST_LINE)) return null;
  const body = text.slice(FIRST_LINE.length).replace(/^extra [A-Za-z0-9+/=]+\n/, "");
  const cut = body.indexOf("\n\n");
  if (cut < 0) return null;

  const [first = "", ...lines] = body.slice(0, cut).split("\n");
  const index = Number(INDEX.exec(first)?.groups?.index ?? -1);
  const path = lines.flatMap((line) => readBase64(line) ?? []);
  const isWhole = path.length === lines.length && path.length <= MAX_HASHES;
  if (!Number.isSafeInteger(index) || index < 0 || !isWhole) return null;
  if (path.some(({ length }) => length !== HASH_BYTES)) return null;
  return { index, path, checkpoint: body.slice(cut + 2) };
}

/**
 * The position of the entry in the log, from 0, with the checkpoint that proves it; or what is wrong with the proof.
 */
export type CheckedProof =
  | (Extract<OpenedCheckpoint, { ok: true }> & { index: number })
  | { ok: false; fault: "no-proof" | "not-included" }
  | Extract<OpenedCheckpoint, { ok: false }>;

/**
 * Checks that an entry is in the log of one of these keys, and returns which of the keys signed the checkpoint.
 * The caller decides whether they are enough (`Policy.isMetBy`).
 */
export function checkTlogProof(
  text: string,
  entry: Uint8Array,
  keys: readonly NoteKey[],
): CheckedProof {
  const proof = readTlogProof(text);
  if (proof === null) return { ok: false, fault: "no-proof" };

  const opened = openCheckpoint(proof.checkpoint, keys);
  if (!opened.ok) return opened;
  return isInclusionProven(hashLeaf(entry), proof, opened.checkpoint)
    ? { ...opened, index: proof.index }
    : { ok: false, fault: "not-included" };
}
