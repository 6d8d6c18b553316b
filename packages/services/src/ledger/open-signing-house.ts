import type { Db } from "@ringfence/db";
import { fileSigners, makeFileSigner } from "./file-signers.ts";
import type { SigningHouse } from "./sign-head.ts";
import { openSignerMemory } from "./signer-memory.ts";

type Opening = { db: Db; origin: string; keyFolder: string };

/** What signs the log as `origin`: keys in a folder, of which the first is made here, and their memory. */
export function openSigningHouse({ db, origin, keyFolder }: Opening): SigningHouse {
  if (fileSigners(keyFolder, origin).length === 0) makeFileSigner(keyFolder, origin);
  return {
    db,
    origin,
    signers: () => fileSigners(keyFolder, origin),
    memory: openSignerMemory(keyFolder),
  };
}
