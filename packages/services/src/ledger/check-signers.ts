import { type NoteKey, readNoteKey, writeNoteKey } from "@ringfence/core/ledger";
import type { Message } from "@ringfence/core/message";
import type { Transaction } from "@ringfence/db";
import { isStated } from "./append-statement.ts";
import { LOG_ID } from "./read-tiles.ts";
import { INSTALLATION } from "./record-statement.ts";
import type { Signer } from "./signer.ts";

/** The public keys with which the log was signed, or is to be from a rotation on, the oldest first. */
export async function readLogKeys(tx: Transaction): Promise<NoteKey[]> {
  const rows = await tx.$queryRaw<{ vkey: string }[]>`
    SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`;
  return rows.flatMap(({ vkey }) => readNoteKey(vkey) ?? []);
}

/** Says why these keys cannot go on signing the log: the one that signed it last is not among them. */
export async function findSignerFault(
  tx: Transaction,
  signers: readonly Signer[],
): Promise<Message | null> {
  const latest = (await readLogKeys(tx)).at(-1);
  if (latest === undefined || signers.some(({ key }) => isSameKey(key, latest))) return null;
  return { key: "ledger.refused-other-keys", values: { vkey: writeNoteKey(latest) } };
}

/** The first key that never signed the log, and was made by no rotation. Null on a log without keys. */
export async function findForeignSigner(
  tx: Transaction,
  signers: readonly Signer[],
): Promise<Signer | null> {
  const known = await readLogKeys(tx);
  if (known.length === 0) return null;
  for (const signer of signers) {
    const isKnown = known.some((key) => isSameKey(key, signer.key));
    if (!isKnown && !(await isStated(tx, INSTALLATION, rotationKey(signer.key)))) return signer;
  }
  return null;
}

/** By which the statement of a rotation to this key is the same one when it is made again. */
export const rotationKey = (key: NoteKey) => `key.rotation/${writeNoteKey(key)}`;

/** Whatever the log is called. */
export const isSameKey = (a: NoteKey, b: NoteKey) =>
  Buffer.from(a.publicKey).equals(Buffer.from(b.publicKey));
