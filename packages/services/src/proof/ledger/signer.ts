import type { NoteKey } from "@ringfence/core/proof/ledger";

/** A key that signs checkpoints, wherever it lies: a file, a token, a service. */
export type Signer = {
  key: NoteKey;
  /** The 64 bytes of Ed25519 over the message (RFC 8032): the same for the same message, always. */
  sign: (message: Uint8Array) => Promise<Uint8Array>;
};
