import {
  type Checkpoint,
  emptyRoot,
  isSameHash,
  keyIdOf,
  writeCheckpoint,
  writeNote,
} from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { activeSigners } from "./active-signers.ts";
import { findSignerFault } from "./check-signers.ts";
import { growthFault, type LogHead, readHead } from "./growth-fault.ts";
import { LOG_ID } from "./read-tiles.ts";
import type { Signer } from "./signer.ts";
import type { SignerMemory } from "./signer-memory.ts";

export type SigningHouse = {
  db: Pick<Db, "prisma">;
  /** The name of the log: it is in each checkpoint, and never changes. */
  origin: string;
  /** Read anew each time, so that a key made meanwhile signs too. */
  signers: () => readonly Signer[];
  memory: SignerMemory;
};

export type SigningOutcome =
  | { outcome: "signed"; size: number }
  | { outcome: "unchanged" }
  | { outcome: "refused"; fault: Message };

/**
 * Signs the head of the log, once it is proven that nothing which was signed before has changed since:
 * of the memory that lies with the keys, for the database may have been rewritten, or be a copy of old.
 */
export const signHead = ({ db, ...house }: SigningHouse): Promise<SigningOutcome> =>
  db.prisma.$transaction(async (tx) => {
    // Of two signers, against advice, the second waits, and finds what the first remembered.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
    const head = await readHead(tx);
    const signers = house.signers();
    const fault = (await findFault(tx, house, head)) ?? (await findSignerFault(tx, signers));
    if (fault !== null) return { outcome: "refused", fault };
    if (await isOnRecord(tx, head)) return { outcome: "unchanged" };

    const checkpoint = { origin: house.origin, size: head.size, root: head.root };
    const active = await activeSigners(tx, signers);
    house.memory.remember(checkpoint); // before the signature is anywhere
    await publish(tx, checkpoint, await noteOf(checkpoint, active));
    return { outcome: "signed", size: head.size };
  });

type House = Omit<SigningHouse, "db">;

/** Why the head cannot be signed; null when it can. */
async function findFault(
  tx: Transaction,
  { origin, memory }: House,
  head: LogHead,
): Promise<Message | null> {
  const remembered = memory.recall();
  const names = [head.origin, remembered?.origin].filter((name) => name !== null);
  if (names.some((name) => name !== undefined && name !== origin)) {
    return { key: "ledger.refused-other-log", values: { origin, other: names.join(", ") } };
  }
  if (remembered === null && (await hasCheckpoint(tx))) return { key: "ledger.refused-no-memory" };

  const before = remembered ?? { size: 0, root: emptyRoot };
  return growthFault(tx, before, head);
}

async function hasCheckpoint(tx: Transaction): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT FROM ledger.checkpoint WHERE log_id = ${LOG_ID}) AS any`;
  return found?.any ?? true;
}

async function isOnRecord(tx: Transaction, head: LogHead): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ root: Uint8Array }[]>`
    SELECT root FROM ledger.checkpoint WHERE log_id = ${LOG_ID} AND size = ${BigInt(head.size)}`;
  return found !== undefined && isSameHash(found.root, head.root);
}

async function noteOf(checkpoint: Checkpoint, signers: readonly Signer[]): Promise<string> {
  const text = writeCheckpoint(checkpoint);
  const message = new TextEncoder().encode(text);
  const signatures = await Promise.all(
    signers.map(async ({ key, sign }) => ({
      name: key.name,
      keyId: keyIdOf(key),
      signature: await sign(message),
    })),
  );
  return writeNote({ text, signatures });
}

async function publish(tx: Transaction, { origin, size, root }: Checkpoint, note: string) {
  await tx.$executeRaw`
    UPDATE ledger.log SET origin = ${origin} WHERE log_id = ${LOG_ID} AND origin IS NULL`;
  await tx.$executeRaw`
    INSERT INTO ledger.checkpoint (log_id, size, root, note)
    VALUES (${LOG_ID}, ${BigInt(size)}, ${Uint8Array.from(root)}, ${note})`;
}
