// Deterministic, but for the nonces, of which none may come twice under one key.
// oxlint-disable-next-line house/no-ambient-input
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** AES-256-GCM (NIST SP 800-38D): nonce of 12 bytes, what is sealed, tag of 16. */
export type Seal = {
  /** `context` is not kept, and what is sealed opens in no other. */
  seal: (bytes: Uint8Array, context: string) => Uint8Array<ArrayBuffer>;
  /** Throws for what was not sealed with this key in this context, or was changed since. */
  open: (sealed: Uint8Array, context: string) => Uint8Array<ArrayBuffer>;
};

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const sealWith = (key: Uint8Array): Seal => ({
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
