// A nonce has to be random, or two texts under one key would give each other away.
// oxlint-disable-next-line house/no-ambient-input
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";

/** What a sealed text belongs to: elsewhere it does not open. */
export type SealedFor = { organizationId: OrganizationId; purpose: string };

/** Encrypts texts that have to be read again, such as passwords of sources. */
export type Sealing = {
  seal: (sealedFor: SealedFor, text: string) => Uint8Array<ArrayBuffer>;
  /** Null where the text was sealed under another key, or for something else, or was changed. */
  open: (sealedFor: SealedFor, sealed: Uint8Array) => string | null;
};

const CIPHER = "aes-256-gcm";
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/** AES-256-GCM (NIST SP 800-38D) under a key of the organization's: nonce, tag, then the text. */
export function sealingKeys(master: Buffer): Sealing {
  const keyOf = ({ organizationId }: SealedFor) =>
    new Uint8Array(hkdfSync("sha256", master, organizationId, "ringfence sealing key", 32));

  return {
    seal(sealedFor, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyOf(sealedFor), nonce).setAAD(contextOf(sealedFor));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
    },
    open(sealedFor, sealed) {
      const bytes = Buffer.from(sealed);
      const [tagAt, textAt] = [NONCE_BYTES, NONCE_BYTES + TAG_BYTES];
      if (bytes.length < textAt) return null;
      const decipher = createDecipheriv(CIPHER, keyOf(sealedFor), bytes.subarray(0, tagAt))
        .setAAD(contextOf(sealedFor))
        .setAuthTag(bytes.subarray(tagAt, textAt));
      try {
        return decipher.update(bytes.subarray(textAt), undefined, "utf8") + decipher.final("utf8");
      } catch {
        return null; // the tag does not fit
      }
    },
  };
}

const contextOf = ({ organizationId, purpose }: SealedFor) =>
  Buffer.from(JSON.stringify([organizationId, purpose]));
