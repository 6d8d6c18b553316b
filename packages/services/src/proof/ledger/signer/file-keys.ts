import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";
import {
  StartRefused,
  type SigningKey,
  generateSigningKey,
  parseSigningKey,
  writeKeyOnce,
} from "../../../platform/internal.ts";
import type { Signer } from "./log-keys.ts";

const FILE = /^ledger-(?<number>[1-9]\d*)\.pem$/;

/** Loads the keys in a folder that sign the log as `origin`, oldest first. */
export const loadFileSigners = (folder: string, origin: string): Signer[] =>
  loadFileKeys(folder).map((key) => toSigner(key, origin));

/**
 * Loads the keys in a folder, oldest first, for signing anything.
 *
 * @throws StartRefused, which names a file that holds no key
 */
export const loadFileKeys = (folder: string): SigningKey[] => listSignerFiles(folder).map(loadKey);

/** Lists the key files, oldest first. */
export const listSignerFiles = (folder: string): string[] =>
  listKeyNumbers(folder).map((number) => path.join(folder, signerFileName(number)));

/** Finds a key file, or a draft of one, that holds no key. Null if each holds one. */
export const findUnreadableFile = (folder: string): string | null =>
  [...listSignerFiles(folder), ...[draftPath(folder)].filter(existsSync)].find(
    (file) => readKey(file) === null,
  ) ?? null;

/**
 * Creates the key that signs from now on. Earlier keys stay. One that another process has just made is used instead.
 */
export function createFileSigner(folder: string, origin: string): Signer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, signerFileName(nextKeyNumber(folder)));
  writeKeyOnce(file, generateSigningKey());
  return toSigner(loadKey(file), origin);
}

/**
 * Drafts the key that is to sign next, beside the one that signs now, under a name by which it does not sign yet;
 * `adopt` gives it its final name. A draft that was never adopted is used the next time.
 */
export function draftFileSigner(folder: string, origin: string) {
  const file = path.join(folder, signerFileName(nextKeyNumber(folder)));
  const draft = draftPath(folder);
  if (!existsSync(draft)) writeKeyOnce(draft, generateSigningKey());
  return {
    signer: toSigner(loadKey(draft), origin),
    adopt: () => renameSync(draft, file),
  };
}

/** Returns the key that was drafted but not adopted; null if there is none. */
export const findDraftedSigner = (folder: string, origin: string) =>
  existsSync(draftPath(folder)) ? draftFileSigner(folder, origin) : null;

/** Turns a key into one that signs the log. */
export const toSigner = ({ x, sign }: SigningKey, origin: string): Signer => ({
  key: { name: origin, type: "log", publicKey: new Uint8Array(Buffer.from(x, "base64url")) },
  sign: (message) => Promise.resolve(new Uint8Array(sign(message))),
});

export const signerFileName = (number: number) => `ledger-${number}.pem`;

function loadKey(file: string): SigningKey {
  const key = readKey(file);
  if (key !== null) return key;
  throw new StartRefused([{ key: "keys.not-a-signing-key", values: { file } }]);
}

function readKey(file: string): SigningKey | null {
  const text = readFileSync(file, "utf8");
  try {
    return parseSigningKey(text);
  } catch {
    return null; // empty, truncated, or no key at all
  }
}

const nextKeyNumber = (folder: string) => (listKeyNumbers(folder).at(-1) ?? 0) + 1;
const draftPath = (folder: string) =>
  path.join(folder, `${signerFileName(nextKeyNumber(folder))}.draft`);

function listKeyNumbers(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.groups?.number ?? []);
  return numbers.map(Number).toSorted((a, b) => a - b);
}
