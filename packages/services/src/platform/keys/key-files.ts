import { z } from "zod";
// All imports are deterministic except key creation, which happens once per key.
// oxlint-disable-next-line house/no-ambient-input
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Message } from "@ringfence/core/platform/message";
import { type SigningKey, generateSigningKey, parseSigningKey } from "./signing-key.ts";

/** One generation of a key, as stored in its file. `checkValue` identifies it among all keys. */
export type KeyOnFile = { generation: number; checkValue: string } & (
  | { name: SecretName; secret: Buffer }
  | { name: SigningName; signing: SigningKey }
);

const SECRET_BYTES = 32;

/** Returns the file name: `master.key`, and `master-2.key` after a rotation. */
export function keyFileName(name: KeyName, generation: number): string {
  const numbered = generation === 1 ? name : `${name}-${generation}`;
  return `${numbered}.${isSigningName(name) ? "pem" : "key"}`;
}

/** Reads a key file; null if there is none. */
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

/** Creates a key file that only this user can read, unless it exists. */
export function createKeyFile(folder: string, name: KeyName, generation: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, keyFileName(name, generation));
  if (existsSync(file)) return;
  const isSigning = isSigningName(name);
  writeOnce(file, isSigning ? generateSigningKey() : randomBytes(SECRET_BYTES).toString("base64"));
}

/**
 * Derives a check value that reveals nothing about the secret: the derivation is one-way and serves only this
 * use.
 */
const secretCheckValue = (name: KeyName, secret: Buffer) =>
  Buffer.from(hkdfSync("sha256", secret, "", `ringfence check value of ${name}`, 32)).toString(
    "base64url",
  );

function readSigningKey(pem: string): SigningKey | null {
  try {
    return parseSigningKey(pem);
  } catch {
    return null; // empty, cut, or something else
  }
}

/** Writes a file atomically, so that it is complete or absent, and never overwrites one. */
function writeOnce(file: string, text: string) {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: "wx", flush: true });
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Keys of an installation, one file each in RINGFENCE_KEY_DIR. The keys of the ledger are managed with its
 * signer.
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
