import path from "node:path";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { StartRefused } from "../../../platform/internal.ts";
import { findForeignSigner, findSignerFault, isSameKey, readLogKeys } from "./log-keys.ts";
import {
  createFileSigner,
  findDraftedSigner,
  findUnreadableFile,
  listSignerFiles,
  loadFileSigners,
  signerFileName,
} from "./file-keys.ts";
import { type OpenTokens, openTokenSigners } from "./pkcs11.ts";
import type { LogSigner } from "../sign-checkpoint.ts";
import { openSignerMemory } from "./memory.ts";

type OpenLogSigner = {
  db: Pick<Db, "prisma">;
  origin: string;
  keyFolder: string;
  /** Opens the tokens that hold the keys, oldest first. Left out, the keys are files in the folder. */
  openTokens?: OpenTokens | undefined;
};

/**
 * Opens what signs the log as `origin`: the keys and their memory. If the log was never signed, creates the
 * first key. Otherwise the key that signed last must be among them. A file may hold no key that the log does not know;
 * a new token may.
 *
 * @throws StartRefused if a key file is missing, unreadable or of another log; errors of a token as its module throws them
 */
export async function openLogSigner({
  db,
  origin,
  keyFolder,
  openTokens,
}: OpenLogSigner): Promise<LogSigner> {
  const memory = openSignerMemory(keyFolder);
  if (openTokens !== undefined) {
    const signers = await openTokenSigners(openTokens, origin);
    const fault = await db.prisma.$transaction((tx) => findSignerFault(tx, signers));
    if (fault !== null) throw new StartRefused([fault]);
    return { db, origin, signers: () => signers, memory };
  }
  await db.prisma.$transaction((tx) => prepareKeyFiles(tx, { origin, keyFolder }));
  return { db, origin, signers: () => loadFileSigners(keyFolder, origin), memory };
}

/** Finds what is wrong with the key files of the log, without creating one. */
export const findKeyFileFault = ({
  db,
  ...opening
}: Pick<OpenLogSigner, "db" | "origin" | "keyFolder">) =>
  db.prisma.$transaction((tx) => findFaultInFiles(tx, opening));

type KeyFiles = { origin: string; keyFolder: string };

async function prepareKeyFiles(tx: Transaction, { origin, keyFolder }: KeyFiles) {
  // If two processes open at once, the second finds the key that the first created.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
  const fault = await findFaultInFiles(tx, { origin, keyFolder });
  if (fault !== null) throw new StartRefused([fault]);
  const keys = await readLogKeys(tx);
  const drafted = findDraftedSigner(keyFolder, origin);
  const latest = keys.at(-1);
  // Finishes a rotation that was interrupted after it was on the ledger.
  if (latest && drafted && isSameKey(latest, drafted.signer.key)) drafted.adopt();
  if (listSignerFiles(keyFolder).length === 0) createFileSigner(keyFolder, origin);
}

async function findFaultInFiles(
  tx: Transaction,
  { origin, keyFolder }: KeyFiles,
): Promise<Message | null> {
  const unreadable = findUnreadableFile(keyFolder);
  if (unreadable !== null) return { key: "keys.not-a-signing-key", values: { file: unreadable } };

  const signers = loadFileSigners(keyFolder, origin);
  const foreign = await findForeignSigner(tx, signers);
  if (foreign !== null) {
    const file = listSignerFiles(keyFolder)[signers.indexOf(foreign)] ?? keyFolder;
    return { key: "keys.ledger-other", values: { file } };
  }
  const drafted = findDraftedSigner(keyFolder, origin);
  const all = drafted === null ? signers : [...signers, drafted.signer];
  if ((await findSignerFault(tx, all)) === null) return null;
  const number = (await readLogKeys(tx)).length;
  const values = { file: path.join(keyFolder, signerFileName(number)) };
  return { key: "keys.ledger-missing", values };
}
