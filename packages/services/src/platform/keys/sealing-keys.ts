// Only nonces are random here.
// oxlint-disable-next-line house/no-ambient-input
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";

/** Organization and purpose of a sealed text. It opens for no others. */
type SealUse = { organizationId: OrganizationId; purpose: string };

/** Encrypts texts that have to be read again, such as passwords of sources. */
export type Sealing = {
  seal: (sealedFor: SealUse, text: string) => Uint8Array<ArrayBuffer>;
  /** Returns null if the text was sealed under another key or for another use, or was changed. */
  open: (sealedFor: SealUse, sealed: Uint8Array) => string | null;
};

/**
 * Seals with the last of these master keys, and opens what any of them has sealed. Each organization has its
 * own key, derived from the master key.
 */
export function createSealing(masters: () => readonly Uint8Array[]): Sealing {
  return {
    seal(sealedFor, text) {
      const current = masters().at(-1);
      if (current === undefined) throw new Error("there is no master key");
      const cipher = createOrganizationCipher(current, sealedFor);
      return cipher.seal(new TextEncoder().encode(text), toCipherContext(sealedFor));
    },
    open(sealedFor, sealed) {
      for (const master of masters().toReversed()) {
        const opened = tryToOpen(createOrganizationCipher(master, sealedFor), sealedFor, sealed);
        if (opened !== null) return opened;
      }
      return null;
    },
  };
}

const createOrganizationCipher = (master: Uint8Array, { organizationId }: SealUse) =>
  createCipher(new Uint8Array(hkdfSync("sha256", master, organizationId, USE, 32)));

function tryToOpen(cipher: Cipher, sealedFor: SealUse, sealed: Uint8Array): string | null {
  try {
    return new TextDecoder().decode(cipher.open(sealed, toCipherContext(sealedFor)));
  } catch {
    return null;
  }
}

const USE = "ringfence sealing key";
const toCipherContext = ({ organizationId, purpose }: SealUse) =>
  JSON.stringify([organizationId, purpose]);

/**
 * AES-256-GCM (NIST SP 800-38D). The result is a nonce of 12 bytes, the ciphertext, and a tag of 16 bytes.
 */
export type Cipher = {
  /** `context` is not stored, but the same one is needed to open the result. */
  seal: (bytes: Uint8Array, context: string) => Uint8Array<ArrayBuffer>;
  /** Throws if the bytes were sealed with another key or in another context, or were changed since. */
  open: (sealed: Uint8Array, context: string) => Uint8Array<ArrayBuffer>;
};

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Creates the cipher of a key of 32 bytes. Each result has a new random nonce. */
export const createCipher = (key: Uint8Array): Cipher => ({
  seal(bytes, context) {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
    const sealed = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
    return new Uint8Array(Buffer.concat(sealed));
  },
  open(sealed, context) {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
  },
});

/**
 * Wraps the data keys of the vault with a key outside the database: here a file's; a KMS can take its place
 * by providing `wrap` and `unwrap`. `id` names the key that `wrap` uses. Take both from the same object,
 * because after a rotation the next object uses another key.
 */
export type KeyWrapping = {
  id: string;
  wrap: (dataKey: Uint8Array) => Promise<Uint8Array>;
  /** Opens data keys of rotated keys too. Fails for one that a foreign key has wrapped. */
  unwrap: (wrapped: Uint8Array, id: string) => Promise<Uint8Array>;
};

/**
 * Wraps with the last of these keys, and opens with any of them. If the wrapping key is not among them, looks
 * once more after `refresh`, because another process may have rotated the key.
 */
export function createFileWrapping(
  secrets: () => readonly Uint8Array[],
  refresh: () => Promise<void>,
): KeyWrapping {
  const current = secrets().at(-1);
  if (current === undefined) throw new Error("there is no vault key");
  const find = (id: string) => secrets().find((secret) => wrappingKeyId(secret) === id);
  return {
    id: wrappingKeyId(current),
    wrap: async (dataKey) => createCipher(current).seal(dataKey, CONTEXT),
    async unwrap(wrapped, id) {
      if (find(id) === undefined) await refresh();
      const secret = find(id);
      if (secret === undefined)
        throw new Error(`a data key was wrapped with key ${id}, which is missing`);
      return createCipher(secret).open(wrapped, CONTEXT);
    },
  };
}

/** Computes the key id that is stored with what was wrapped. */
const wrappingKeyId = (secret: Uint8Array) => hash("sha256", secret, "hex").slice(0, 16);

const CONTEXT = "ringfence data key";
