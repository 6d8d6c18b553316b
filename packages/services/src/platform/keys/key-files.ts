import { z } from "zod";
// `randomBytes` is not deterministic. It is used only to create keys and to name temporary files.
// oxlint-disable-next-line house/no-ambient-input
import { hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Message } from "@ringfence/core/platform/message";
import { type SigningKey, generateSigningKey, parseSigningKey } from "./signing-key.ts";

/** One generation of a key, as stored in its file. `checkValue` identifies it among all keys. */
export type KeyOnFile = { generation: number; checkValue: string } & (
  | { name: SecretName; secret: Buffer }
  | { name: SigningName; signing: SigningKey }
);

const SECRET_BYTES = 32;

/**
 * Returns the file name: `master.key` or `permit.pem`, and with its number from the second generation on:
 * `master-2.key`.
 */
export function keyFileName(name: KeyName, generation: number): string {
  const stem = generation === 1 ? name : `${name}-${generation}`;
  return `${stem}.${isSigningName(name) ? "pem" : "key"}`;
}

/** Reads a key file. Null if there is none; a fault if it holds no usable key. */
export function readKeyFile(
  folder: string,
  name: KeyName,
  generation: number,
): KeyOnFile | { fault: Message } | null {
  const file = path.join(folder, keyFileName(name, generation));
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  if (isSigningName(name)) {
    const signing = readSigningKey(text);
    if (signing === null) return { fault: { key: "keys.not-a-signing-key", values: { file } } };
    return { name, generation, signing, checkValue: signing.id };
  }
  const secret = Buffer.from(text, "base64");
  if (secret.length !== SECRET_BYTES) {
    return { fault: { key: "keys.not-a-secret", values: { file, bytes: secret.length } } };
  }
  return { name, generation, secret, checkValue: secretCheckValue(name, secret) };
}

/** Creates a key file that only the current user can read. Does nothing if the file exists. */
export function createKeyFile(folder: string, name: KeyName, generation: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, keyFileName(name, generation));
  if (existsSync(file)) return;
  const text = isSigningName(name)
    ? generateSigningKey()
    : randomBytes(SECRET_BYTES).toString("base64");
  writeKeyOnce(file, text);
}

/** Derives a value that identifies a secret without revealing it. The HKDF label is used for nothing else. */
const secretCheckValue = (name: KeyName, secret: Buffer) =>
  Buffer.from(hkdfSync("sha256", secret, "", `ringfence check value of ${name}`, 32)).toString(
    "base64url",
  );

function readSigningKey(pem: string): SigningKey | null {
  try {
    return parseSigningKey(pem);
  } catch {
    return null; // empty, truncated, or no key at all
  }
}

/**
 * Writes a file that only this user can read, and never overwrites one. After a crash it is complete or absent; it is
 * on disk when this returns.
 */
export function writeKeyOnce(file: string, text: string) {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: "wx", flush: true });
    linkSync(draft, file);
    flushFolder(path.dirname(file));
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Flushes the names of a folder's files to disk, or a new name may be lost with the power. */
export function flushFolder(folder: string) {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Names of an installation's keys. Each generation of a key is a file in RINGFENCE_KEY_DIR. The ledger's own
 * keys are not among them: its signer manages those.
 */
export const KeyName = z.enum(["master", "vault", "permit", "statement"]);
export type KeyName = z.infer<typeof KeyName>;
export const KEY_NAMES = KeyName.options;

/** Keys that sign. The others are 32 random bytes. */
const SIGNING_NAMES = ["permit", "statement"] as const satisfies readonly KeyName[];
export type SigningName = (typeof SIGNING_NAMES)[number];
export type SecretName = Exclude<KeyName, SigningName>;

const isSigningName = (name: KeyName): name is SigningName =>
  SIGNING_NAMES.some((signing) => signing === name);
