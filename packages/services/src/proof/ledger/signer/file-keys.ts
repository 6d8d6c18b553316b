import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import {
  type SigningKey,
  generateSigningKey,
  parseSigningKey,
} from "../../../platform/internal.ts";
import type { Signer } from "./log-keys.ts";

const FILE = /^ledger-(?<number>\d+)\.pem$/;

/** Loads the keys in a folder that sign as `origin`, oldest first. */
export const loadFileSigners = (folder: string, origin: string): Signer[] =>
  loadFileKeys(folder).map((key) => toSigner(key, origin));

/** Loads the keys in a folder, oldest first, for signing anything. */
export const loadFileKeys = (folder: string): SigningKey[] =>
  listKeyNumbers(folder).map((number) =>
    parseSigningKey(readFileSync(path.join(folder, signerFileName(number)), "utf8")),
  );

/** Lists the key files, oldest first, with the key in each. The key is null if the file does not hold one. */
export const listSignerFiles = (folder: string): { file: string; key: SigningKey | null }[] =>
  listKeyNumbers(folder).map((number) => {
    const file = path.join(folder, signerFileName(number));
    try {
      return { file, key: parseSigningKey(readFileSync(file, "utf8")) };
    } catch {
      return { file, key: null };
    }
  });

/** Creates the key that signs from now on, readable only by this user; earlier keys stay. */
export function createFileSigner(folder: string, origin: string): Signer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, signerFileName(nextKeyNumber(folder)));
  try {
    writeFileSync(file, generateSigningKey(), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!existsSync(file)) throw error; // another process has made it
  }
  return toSigner(parseSigningKey(readFileSync(file, "utf8")), origin);
}

/**
 * Drafts the key that is to sign next, under a name by which it does not sign yet; `adopt` gives it its
 * final name. A draft that was never adopted is used the next time.
 */
export function draftFileSigner(folder: string, origin: string) {
  const file = path.join(folder, signerFileName(nextKeyNumber(folder)));
  const draft = draftPath(folder);
  if (!existsSync(draft)) writeFileSync(draft, generateSigningKey(), { mode: 0o600, flush: true });
  return {
    signer: toSigner(parseSigningKey(readFileSync(draft, "utf8")), origin),
    adopt: () => renameSync(draft, file),
  };
}

/** Returns the key that was drafted but not adopted; null if there is none. */
export const findDraftedSigner = (folder: string, origin: string) =>
  existsSync(draftPath(folder)) ? draftFileSigner(folder, origin) : null;

export const toSigner = ({ x, sign }: SigningKey, origin: string): Signer => ({
  key: { name: origin, type: "log", publicKey: new Uint8Array(Buffer.from(x, "base64url")) },
  sign: (message) => Promise.resolve(new Uint8Array(sign(message))),
});

export const signerFileName = (number: number) => `ledger-${number}.pem`;

const nextKeyNumber = (folder: string) => (listKeyNumbers(folder).at(-1) ?? 0) + 1;
const draftPath = (folder: string) =>
  path.join(folder, `${signerFileName(nextKeyNumber(folder))}.draft`);

function listKeyNumbers(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.groups?.number ?? []);
  return numbers.map(Number).toSorted((a, b) => a - b);
}
