// Signing is deterministic; keys are made when an operator asks for one.
// oxlint-disable-next-line house/no-ambient-input
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Signer } from "./signer.ts";

const FILE = /^ledger-(?<number>\d+)\.pem$/;
/** An Ed25519 key in DER ends with its 32 bytes (RFC 8410). */
const KEY_BYTES = 32;

/** The keys in a folder that sign as `origin`, from the first to the latest. */
export const fileSigners = (folder: string, origin: string): Signer[] =>
  numbersIn(folder).map((number) => openSigner(path.join(folder, nameOf(number)), origin));

/** Makes the key that signs from now on, for this user's eyes alone; the older ones stay. */
export function makeFileSigner(folder: string, origin: string): Signer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, nameOf((numbersIn(folder).at(-1) ?? 0) + 1));
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!existsSync(file)) throw error; // another process has made it
  }
  return openSigner(file, origin);
}

function openSigner(file: string, origin: string): Signer {
  const secret = createPrivateKey(readFileSync(file, "utf8"));
  const der = createPublicKey(secret).export({ type: "spki", format: "der" });
  return {
    key: { name: origin, type: "log", publicKey: new Uint8Array(der.subarray(-KEY_BYTES)) },
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, secret))),
  };
}

const nameOf = (number: number) => `ledger-${number}.pem`;

function numbersIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.groups?.number ?? []);
  return numbers.map(Number).toSorted((a, b) => a - b);
}
