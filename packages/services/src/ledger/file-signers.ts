import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { makeSigningKey, type SigningKey, signingKey } from "../keys/signing-key.ts";
import type { Signer } from "./signer.ts";

const FILE = /^ledger-(?<number>\d+)\.pem$/;

/** The keys in a folder that sign as `origin`, from the first to the latest. */
export const fileSigners = (folder: string, origin: string): Signer[] =>
  fileKeys(folder).map((key) => signerOf(key, origin));

/** The same as keys that sign anything. */
export const fileKeys = (folder: string): SigningKey[] =>
  numbersIn(folder).map((number) =>
    signingKey(readFileSync(path.join(folder, fileNameOf(number)), "utf8")),
  );

/** The files, from the first to the latest, and the key in each; null where there is none in it. */
export const signerFiles = (folder: string): { file: string; key: SigningKey | null }[] =>
  numbersIn(folder).map((number) => {
    const file = path.join(folder, fileNameOf(number));
    try {
      return { file, key: signingKey(readFileSync(file, "utf8")) };
    } catch {
      return { file, key: null };
    }
  });

/** Makes the key that signs from now on, for this user's eyes alone; the older ones stay. */
export function makeFileSigner(folder: string, origin: string): Signer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, fileNameOf(nextNumber(folder)));
  try {
    writeFileSync(file, makeSigningKey(), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!existsSync(file)) throw error; // another process has made it
  }
  return signerOf(signingKey(readFileSync(file, "utf8")), origin);
}

/**
 * The key that is to sign next, under a name by which it does not sign yet: `adopt` gives it its own.
 * One that was drafted and never adopted is that of the next time.
 */
export function draftFileSigner(folder: string, origin: string) {
  const file = path.join(folder, fileNameOf(nextNumber(folder)));
  const draft = draftIn(folder);
  if (!existsSync(draft)) writeFileSync(draft, makeSigningKey(), { mode: 0o600, flush: true });
  return {
    signer: signerOf(signingKey(readFileSync(draft, "utf8")), origin),
    adopt: () => renameSync(draft, file),
  };
}

/** The one that was drafted and is not adopted, where there is one. */
export const draftedFileSigner = (folder: string, origin: string) =>
  existsSync(draftIn(folder)) ? draftFileSigner(folder, origin) : null;

export const signerOf = ({ x, sign }: SigningKey, origin: string): Signer => ({
  key: { name: origin, type: "log", publicKey: new Uint8Array(Buffer.from(x, "base64url")) },
  sign: (message) => Promise.resolve(new Uint8Array(sign(message))),
});

export const fileNameOf = (number: number) => `ledger-${number}.pem`;

const nextNumber = (folder: string) => (numbersIn(folder).at(-1) ?? 0) + 1;
const draftIn = (folder: string) => path.join(folder, `${fileNameOf(nextNumber(folder))}.draft`);

function numbersIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.groups?.number ?? []);
  return numbers.map(Number).toSorted((a, b) => a - b);
}
