import { sql } from "kysely";
import { z } from "zod";
import { confirmReplication, selectRows } from "../../platform/internal.ts";
import {
  type Checkpoint,
  type TreeHead,
  emptyRoot,
  consistencyRanges,
  isConsistencyProven,
  isSameHash,
  computeKeyId,
  openCheckpoint,
  computeRangeRoot,
  writeCheckpoint,
  writeNote,
  writeNoteKey,
} from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { type Signer, findSignerFault } from "./signer/log-keys.ts";
import { TokenUnusable } from "./signer/pkcs11.ts";
import { LOG_ID, loadTileReader } from "./tiles.ts";
import type { SignerMemory } from "./signer/memory.ts";

/** What signs the log: its keys, and the memory of what they signed. */
export type LogSigner = {
  db: Pick<Db, "prisma">;
  /** The name of the log: it is in each checkpoint, and never changes. */
  origin: string;
  /** Called for each checkpoint, so that a key created meanwhile signs too. */
  signers: () => readonly Signer[];
  memory: SignerMemory;
};

/** `unchanged`: the head of the log is signed already. `refused`: nothing was signed, and the fault says why. */
export type SigningOutcome =
  | { outcome: "signed"; size: number }
  | { outcome: "unchanged" }
  | { outcome: "refused"; fault: Message };

/** Time after which the database ends the transaction of a signer that is frozen, so that another one can sign. */
const FROZEN_AFTER = "4s";

/**
 * Signs the head of the log, after proving that nothing signed before has changed. The proof uses the
 * memory stored with the keys, because the database may have been rewritten, or be an old copy.
 *
 * Several hosts may have a signer with the same keys, each with a memory of its own: one signs, and the others remember
 * what it signed, so that any of them can go on without it. A signature counts only in the transaction that holds the
 * lock, so a signer that wakes up after another one took over publishes nothing.
 */
export const signCheckpoint = ({ db, ...signer }: LogSigner): Promise<SigningOutcome> =>
  db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      SELECT set_config('idle_in_transaction_session_timeout', ${FROZEN_AFTER}, true)`;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
    const head = await readLogHead(tx);
    const signers = signer.signers();
    const fault = (await findHeadFault(tx, signer, head)) ?? (await findSignerFault(tx, signers));
    if (fault !== null) return { outcome: "refused", fault };
    const checkpoint = { origin: signer.origin, size: head.size, root: head.root };
    // A head that a fail-over loses must be in no memory: the signer would refuse every other head from then on.
    await db.prisma.$transaction((other) => confirmReplication({ db: other }));
    if (await isAlreadySigned(tx, head)) {
      if (signer.memory.recall()?.size !== head.size) signer.memory.remember(checkpoint);
      return { outcome: "unchanged" };
    }

    const active = await selectActiveSigners(tx, signers);
    signer.memory.remember(checkpoint); // before the signature is anywhere
    const note = await signNote(checkpoint, active).catch(toTokenFault);
    if (typeof note !== "string") return { outcome: "refused", fault: note };
    await insertCheckpoint(tx, checkpoint, note);
    return { outcome: "signed", size: head.size };
  });

/** Explains that a token cannot be used. Entries then wait for their signature. Throws any other error. */
function toTokenFault(error: unknown): Message {
  if (!(error instanceof TokenUnusable)) throw error;
  const { label, reason } = error;
  return { key: "ledger.refused-token", values: { label, reason } };
}

type SignerState = Omit<LogSigner, "db">;

/** Returns why the head cannot be signed; null if it can. */
async function findHeadFault(
  tx: Transaction,
  { origin, memory }: SignerState,
  head: LogHead,
): Promise<Message | null> {
  const remembered = memory.recall();
  const names = [head.origin, remembered?.origin].filter((name) => name !== null);
  if (names.some((name) => name !== undefined && name !== origin)) {
    return { key: "ledger.refused-other-log", values: { origin, other: names.join(", ") } };
  }
  if (remembered === null && (await hasCheckpoint(tx))) return { key: "ledger.refused-no-memory" };

  const before = remembered ?? { size: 0, root: emptyRoot };
  return findGrowthFault(tx, before, head);
}

async function hasCheckpoint(tx: Transaction): Promise<boolean> {
  const [found] = await selectRows(
    { db: tx },
    z.object({ any: z.boolean() }),
    sql`
    SELECT EXISTS (SELECT FROM ledger.checkpoint WHERE log_id = ${LOG_ID}) AS any`,
  );
  return found?.any ?? true;
}

async function isAlreadySigned(tx: Transaction, head: LogHead): Promise<boolean> {
  const [found] = await selectRows(
    { db: tx },
    z.object({ root: z.instanceof(Uint8Array) }),
    sql`
    SELECT root FROM ledger.checkpoint WHERE log_id = ${LOG_ID} AND size = ${BigInt(head.size)}`,
  );
  return found !== undefined && isSameHash(found.root, head.root);
}

async function signNote(checkpoint: Checkpoint, signers: readonly Signer[]): Promise<string> {
  const text = writeCheckpoint(checkpoint);
  const message = new TextEncoder().encode(text);
  const signatures = await Promise.all(
    signers.map(async ({ key, sign }) => ({
      name: key.name,
      keyId: computeKeyId(key),
      signature: await sign(message),
    })),
  );
  return writeNote({ text, signatures });
}

async function insertCheckpoint(tx: Transaction, { origin, size, root }: Checkpoint, note: string) {
  await tx.$executeRaw`
    UPDATE ledger.log SET origin = ${origin} WHERE log_id = ${LOG_ID} AND origin IS NULL`;
  await tx.$executeRaw`
    INSERT INTO ledger.checkpoint (log_id, size, root, note)
    VALUES (${LOG_ID}, ${BigInt(size)}, ${Uint8Array.from(root)}, ${note})`;
}

const LogHead = z.object({
  size: z.number(),
  root: z.instanceof(Uint8Array),
  origin: z.string().nullable(),
});
type LogHead = z.infer<typeof LogHead>;

async function readLogHead(tx: Transaction): Promise<LogHead> {
  const [head] = await selectRows(
    { db: tx },
    LogHead,
    sql`
    SELECT origin, size::float8, root FROM ledger.log WHERE log_id = ${LOG_ID}`,
  );
  if (head === undefined) throw new Error("there is no log");
  return head;
}

/** Returns why the log did not grow out of the earlier one; null if it did. */
async function findGrowthFault(
  tx: Transaction,
  before: TreeHead,
  head: TreeHead,
): Promise<Message | null> {
  const values = { size: head.size, signed: before.size };
  if (head.size < before.size) return { key: "ledger.refused-rollback", values };
  return (await isExtension(tx, before, head)) ? null : { key: "ledger.refused-fork", values };
}

async function isExtension(tx: Transaction, before: TreeHead, head: TreeHead): Promise<boolean> {
  const ranges = consistencyRanges(before.size, head.size);
  try {
    const readTile = await loadTileReader(tx, ranges);
    return isConsistencyProven(
      before,
      head,
      ranges.map((range) => computeRangeRoot(range, readTile)),
    );
  } catch (error) {
    if (error instanceof RangeError) return false; // a tile is gone, or cut
    throw error;
  }
}

/** Days for which an old key signs beside its successor, so that verifiers can learn the new one. */
const OVERLAP_DAYS = 90;

/**
 * Selects the keys that sign now: the latest, and earlier ones until their successor is old enough. Records
 * keys that were not seen before.
 */
async function selectActiveSigners(db: Transaction, signers: readonly Signer[]): Promise<Signer[]> {
  const vkeys = signers.map(({ key }) => writeNoteKey(key));
  await db.$executeRaw`
    INSERT INTO ledger.log_key (log_id, vkey)
    SELECT ${LOG_ID}, vkey FROM unnest(${vkeys}::text[]) AS vkey ON CONFLICT DO NOTHING`;
  const old = await selectRows(
    { db },
    z.object({ vkey: z.string() }),
    sql`
    SELECT vkey FROM ledger.log_key
    WHERE log_id = ${LOG_ID} AND at < clock_timestamp() - make_interval(days => ${OVERLAP_DAYS})`,
  );
  const isOld = new Set(old.map(({ vkey }) => vkey));
  return signers.filter((_, index) => {
    const successor = vkeys[index + 1];
    return successor === undefined || !isOld.has(successor);
  });
}

/** The size of the checkpoint that is now remembered, or why nothing was changed. */
export type RestoredMemory = { size: number; fault?: never } | { fault: Message };

/**
 * Restores the memory of a signer that lost it, from a checkpoint that it once signed and that an outside
 * party kept, such as a witness or the holder of a certificate. The database alone proves nothing here,
 * because it may be what was rewritten. The log must have grown out of the checkpoint, and an existing
 * memory that knows more stays.
 */
export const restoreSignerMemory = (
  { db, origin, signers, memory }: LogSigner,
  note: string,
): Promise<RestoredMemory> =>
  db.prisma.$transaction(async (tx): Promise<RestoredMemory> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
    const opened = openCheckpoint(
      note,
      signers().map(({ key }) => key),
    );
    if (!opened.ok) return { fault: { key: "ledger.adopt-not-ours", values: { origin } } };
    const { checkpoint } = opened;
    const remembered = memory.recall();
    if (remembered !== null && remembered.size >= checkpoint.size) {
      const values = { size: remembered.size };
      return { fault: { key: "ledger.adopt-remembered", values } };
    }
    const head = await readLogHead(tx);
    const fault =
      (remembered && (await findGrowthFault(tx, remembered, head))) ??
      (await findGrowthFault(tx, checkpoint, head));
    if (fault) return { fault };
    memory.remember(checkpoint);
    return { size: checkpoint.size };
  });
