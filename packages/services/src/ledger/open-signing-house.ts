import type { Db } from "@ringfence/db";
import { fileSigners, makeFileSigner } from "./file-signers.ts";
import { pkcs11Signer, type Pkcs11Token } from "./pkcs11-signer.ts";
import type { SigningHouse } from "./sign-head.ts";
import { openSignerMemory } from "./signer-memory.ts";

type Opening = {
  db: Db;
  origin: string;
  keyFolder: string;
  /** Tokens in which keys lie, from the first to the latest; without any, they are files of the folder. */
  tokens?: readonly Pkcs11Token[];
};

/** What signs the log as `origin`: its keys, of which the first file is made here, and their memory. */
export function openSigningHouse({ db, origin, keyFolder, tokens = [] }: Opening): SigningHouse {
  const memory = openSignerMemory(keyFolder);
  if (tokens.length > 0) {
    const signers = tokens.map((token) => pkcs11Signer(token, origin));
    return { db, origin, signers: () => signers, memory };
  }
  if (fileSigners(keyFolder, origin).length === 0) makeFileSigner(keyFolder, origin);
  return { db, origin, signers: () => fileSigners(keyFolder, origin), memory };
}
