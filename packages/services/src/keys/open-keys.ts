// What is imported here is deterministic but for the making of keys, which happens once, at start.
// oxlint-disable-next-line house/no-ambient-input
import {
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import { fileWrapping, type KeyWrapping } from "./key-wrapping.ts";
import { sealWith } from "./seal.ts";
import { type Sealing, sealingKeys } from "./sealing-keys.ts";
import { makeSigningKey, type SigningKey, signingKey } from "./signing-key.ts";

/** The keys of this installation. They never leave the process that opened them. */
export type Keys = {
  /** Signs leave to dial, and what it rests on. */
  permit: SigningKey;
  /** Signs what goes into the ledger. */
  statement: SigningKey;
  /** The keys whose statements count: the current one, and those that were rotated out. */
  statementKeys: readonly SigningKey[];
  /** Wraps the data keys of the vault. */
  vault: KeyWrapping;
  /** For salts and data keys. */
  random: (bytes: number) => Uint8Array;
  /** HMAC-SHA-256 of a number under the organization's key: finds a refusal after erasure. */
  phoneKey: (organizationId: OrganizationId, phone: Phone) => Uint8Array<ArrayBuffer>;
  /** What it is made by (`phoneKeyBy`), for a thread that makes many. */
  phoneSecret: (organizationId: OrganizationId) => PhoneSecret;
  /** Keeps secrets that have to be read again: of sources, and of systems outside. */
  sealing: Sealing;
  /** HMAC-SHA-256 of a text under the organization's key for one use: only we can have written it. */
  mac: (organizationId: OrganizationId, use: MacUse, text: string) => Uint8Array;
  /** Whether `sent` is its code, or the beginning of it: 10 bytes at least. Takes the same time for all. */
  isMac: (organizationId: OrganizationId, use: MacUse, text: string, sent: Uint8Array) => boolean;
};

/** What a code is for, so that one for another use is none. */
export type MacUse =
  | "form token"
  | "confirmation code"
  | "confirmation link"
  | "stop link"
  | "receipt link"
  | "person code"
  | "mailbox"
  | "own record link"
  | "hold-out group"
  | "refusal address"
  | "refusal challenge";

/** Opens the keys in a folder, and makes those that are not there, for this user's eyes alone. */
export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const signing = (file: string) => signingKey(kept(path.join(folder, file), makeSigningKey));
  const secret = (file: string) => secretOf(path.join(folder, file));
  const [master, vault] = [secret("master.key"), secret("vault.key")];

  const statement = signing("statement.pem");
  const organizationKeys = new Map<string, KeyObject>();
  const keyOf = (organizationId: OrganizationId, use: "phone key" | MacUse) => {
    const name = `${organizationId} ${use}`;
    const known = organizationKeys.get(name);
    if (known) return known;
    const derived = hkdfSync("sha256", master, organizationId, `ringfence ${use}`, 32);
    const key = createSecretKey(new Uint8Array(derived)); // five times faster to use than bytes are
    organizationKeys.set(name, key);
    return key;
  };

  return {
    permit: signing("permit.pem"),
    statement,
    statementKeys: [statement],
    vault: fileWrapping(hash("sha256", vault, "hex").slice(0, 16), sealWith(vault)),
    random: (bytes) => randomBytes(bytes),
    phoneKey: (organizationId, phone) => phoneKeyBy(keyOf(organizationId, "phone key"), phone),
    phoneSecret: (organizationId) => keyOf(organizationId, "phone key"),
    mac: (organizationId, use, text) => hmac(keyOf(organizationId, use), text),
    isMac(organizationId, use, text, sent) {
      const own = hmac(keyOf(organizationId, use), text).subarray(0, sent.length);
      return sent.length >= 10 && sent.length === own.length && timingSafeEqual(sent, own);
    },
    sealing: sealingKeys(master),
  };
}

/** The `phoneKey` that an organization's secret makes. */
export const phoneKeyBy = (secret: PhoneSecret, phone: Phone) => hmac(secret, phone);
export type PhoneSecret = KeyObject;

const hmac = (key: KeyObject, text: string) =>
  new Uint8Array(createHmac("sha256", key).update(text).digest());

/** @throws for one that is cut or empty: all that it derives would be known to anybody */
function secretOf(file: string): Buffer {
  const text = kept(file, () => randomBytes(SECRET_BYTES).toString("base64"));
  const secret = Buffer.from(text, "base64");
  if (secret.length === SECRET_BYTES) return secret;
  throw new Error(
    `${file} must hold ${SECRET_BYTES} bytes as base64, but holds ${secret.length}. Restore it from a backup: a new one opens nothing of what is kept.`,
  );
}

const SECRET_BYTES = 32;

/** A file's text; of two processes that start together, both read what the first has written. */
function kept(file: string, make: () => string): string {
  if (!existsSync(file)) writeOnce(file, make());
  return readFileSync(file, "utf8");
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
