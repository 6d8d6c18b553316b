// What is imported here is deterministic but for the making of keys, which happens once for each.
// oxlint-disable-next-line house/no-ambient-input
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Message } from "@ringfence/core/message";
import { isSigningName, type KeyName, type SecretName, type SigningName } from "./key-names.ts";
import { makeSigningKey, type SigningKey, signingKey } from "./signing-key.ts";

/** One generation of a key, as its file holds it. `checkValue` tells it from every other key. */
export type KeyOnFile = { generation: number; checkValue: string } & (
  | { name: SecretName; secret: Buffer }
  | { name: SigningName; signing: SigningKey }
);

const SECRET_BYTES = 32;

/** `master.key`, and `master-2.key` once it was rotated. */
export function keyFileName(name: KeyName, generation: number): string {
  const numbered = generation === 1 ? name : `${name}-${generation}`;
  return `${numbered}.${isSigningName(name) ? "pem" : "key"}`;
}

/** Null where there is no such file. */
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

/** Makes a key, unless its file is there already, for this user's eyes alone. */
export function makeKeyFile(folder: string, name: KeyName, generation: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, keyFileName(name, generation));
  if (existsSync(file)) return;
  const isSigning = isSigningName(name);
  writeOnce(file, isSigning ? makeSigningKey() : randomBytes(SECRET_BYTES).toString("base64"));
}

/** Says nothing about the secret: it is derived from it in one direction, for this use alone. */
const secretCheckValue = (name: KeyName, secret: Buffer) =>
  Buffer.from(hkdfSync("sha256", secret, "", `ringfence check value of ${name}`, 32)).toString(
    "base64url",
  );

function readSigningKey(pem: string): SigningKey | null {
  try {
    return signingKey(pem);
  } catch {
    return null; // empty, cut, or something else
  }
}

/** Under its name it is there whole, or not at all, and what is there is never written over. */
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
