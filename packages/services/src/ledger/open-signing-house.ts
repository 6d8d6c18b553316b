import path from "node:path";
import type { Message } from "@ringfence/core/message";
import type { Db, Transaction } from "@ringfence/db";
import { KeysRefused } from "../keys/keys-refused.ts";
import { findForeignSigner, findSignerFault, isSameKey, readLogKeys } from "./check-signers.ts";
import {
  draftedFileSigner,
  fileNameOf,
  fileSigners,
  makeFileSigner,
  signerFiles,
} from "./file-signers.ts";
import { pkcs11Signer, type Pkcs11Token } from "./pkcs11-signer.ts";
import type { SigningHouse } from "./sign-head.ts";
import { openSignerMemory } from "./signer-memory.ts";

type Opening = {
  db: Pick<Db, "prisma">;
  origin: string;
  keyFolder: string;
  /** Tokens in which keys lie, from the first to the latest; without any, they are files of the folder. */
  tokens?: readonly Pkcs11Token[];
};

/**
 * What signs the log as `origin`: its keys and their memory. On a log that was never signed the first key
 * is made; on any other the keys have to be those that signed it.
 *
 * @throws KeysRefused where the file or the token is not there, or another key's
 */
export async function openSigningHouse({
  db,
  origin,
  keyFolder,
  tokens = [],
}: Opening): Promise<SigningHouse> {
  const memory = openSignerMemory(keyFolder);
  if (tokens.length > 0) {
    const signers = tokens.map((token) => pkcs11Signer(token, origin));
    const fault = await db.prisma.$transaction((tx) => findSignerFault(tx, signers));
    if (fault !== null) throw new KeysRefused([fault]);
    return { db, origin, signers: () => signers, memory };
  }
  await db.prisma.$transaction((tx) => prepareFiles(tx, { origin, keyFolder }));
  return { db, origin, signers: () => fileSigners(keyFolder, origin), memory };
}

/** Says what is wrong with the files that sign the log, without making one. */
export const findSigningFault = ({
  db,
  ...opening
}: Pick<Opening, "db" | "origin" | "keyFolder">) =>
  db.prisma.$transaction((tx) => findFileFault(tx, opening));

type Files = { origin: string; keyFolder: string };

async function prepareFiles(tx: Transaction, { origin, keyFolder }: Files) {
  // Of two that open at once the second finds the key of the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
  const fault = await findFileFault(tx, { origin, keyFolder });
  if (fault !== null) throw new KeysRefused([fault]);
  const keys = await readLogKeys(tx);
  const drafted = draftedFileSigner(keyFolder, origin);
  const latest = keys.at(-1);
  // A rotation that was interrupted when it was on the ledger already.
  if (latest && drafted && isSameKey(latest, drafted.signer.key)) drafted.adopt();
  if (signerFiles(keyFolder).length === 0) makeFileSigner(keyFolder, origin);
}

async function findFileFault(
  tx: Transaction,
  { origin, keyFolder }: Files,
): Promise<Message | null> {
  const unreadable = signerFiles(keyFolder).find(({ key }) => key === null);
  if (unreadable) return { key: "keys.not-a-signing-key", values: { file: unreadable.file } };

  const signers = fileSigners(keyFolder, origin);
  const foreign = await findForeignSigner(tx, signers);
  if (foreign !== null) {
    const file = signerFiles(keyFolder)[signers.indexOf(foreign)]?.file ?? keyFolder;
    return { key: "keys.ledger-other", values: { file } };
  }
  const drafted = draftedFileSigner(keyFolder, origin);
  const all = drafted === null ? signers : [...signers, drafted.signer];
  if ((await findSignerFault(tx, all)) === null) return null;
  const number = (await readLogKeys(tx)).length;
  const values = { file: path.join(keyFolder, fileNameOf(number)) };
  return { key: "keys.ledger-missing", values };
}
