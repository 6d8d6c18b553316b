import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../../platform/internal.ts";
import { type NoteKey, readNoteKey, writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { INSTALLATION_ID, isStated } from "../append-statement.ts";
import { LOG_ID } from "../tiles.ts";

/** A key that signs checkpoints. It may be in a file, a token or a service. */
export type Signer = {
  key: NoteKey;
  /** Signs with Ed25519 (RFC 8032), 64 bytes. The same message always gets the same signature. */
  sign: (message: Uint8Array) => Promise<Uint8Array>;
};

/** Reads the public keys that have signed the log, or sign it from a rotation on, oldest first. */
export async function readLogKeys(tx: Transaction): Promise<NoteKey[]> {
  const rows = await selectRows(
    { db: tx },
    z.object({ vkey: z.string() }),
    sql`
    SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`,
  );
  return rows.flatMap(({ vkey }) => readNoteKey(vkey) ?? []);
}

/**
 * Explains why these keys cannot go on signing the log: the key that signed it last is not among them. Null
 * if they can.
 */
export async function findSignerFault(
  tx: Transaction,
  signers: readonly Signer[],
): Promise<Message | null> {
  const latest = (await readLogKeys(tx)).at(-1);
  if (latest === undefined || signers.some(({ key }) => isSameKey(key, latest))) return null;
  return { key: "ledger.refused-other-keys", values: { vkey: writeNoteKey(latest) } };
}

/**
 * Finds the first key that never signed the log and was not introduced by a rotation. Null if there is none,
 * or the log has no keys yet.
 */
export async function findForeignSigner(
  tx: Transaction,
  signers: readonly Signer[],
): Promise<Signer | null> {
  const known = await readLogKeys(tx);
  if (known.length === 0) return null;
  for (const signer of signers) {
    const isKnown = known.some((key) => isSameKey(key, signer.key));
    if (!isKnown && !(await isStated(tx, INSTALLATION_ID, rotationIdempotencyKey(signer.key))))
      return signer;
  }
  return null;
}

/** Idempotency key of the statement of a rotation to this key. */
export const rotationIdempotencyKey = (key: NoteKey) => `key.rotation/${writeNoteKey(key)}`;

/** Compares public keys, ignoring the name of the log. */
export const isSameKey = (a: NoteKey, b: NoteKey) =>
  Buffer.from(a.publicKey).equals(Buffer.from(b.publicKey));

export const LogKeyView = z.object({ vkey: z.string(), at: z.date() });
export type LogKeyView = z.infer<typeof LogKeyView>;

/**
 * Lists the public keys that have signed the log or were introduced by a rotation, oldest first, with the time of
 * that.
 */
export const listLogKeys = ({ prisma }: Pick<Db, "prisma">): Promise<LogKeyView[]> =>
  selectRows(
    { db: prisma },
    LogKeyView,
    sql`
    SELECT vkey, at FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`,
  );
