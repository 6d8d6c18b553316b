import type { Seal } from "./seal.ts";

/**
 * Wraps the data keys of the vault with a key that is not in the database: a file's here, a KMS's
 * where `wrap` and `unwrap` are its calls. `id` says with which key, for the day when there is a next.
 */
export type KeyWrapping = {
  id: string;
  wrap: (dataKey: Uint8Array) => Promise<Uint8Array>;
  /** Fails for what another key has wrapped. */
  unwrap: (wrapped: Uint8Array, id: string) => Promise<Uint8Array>;
};

/** By the key of a file, which `seal` holds. */
export const fileWrapping = (id: string, seal: Seal): KeyWrapping => ({
  id,
  wrap: async (dataKey) => seal.seal(dataKey, CONTEXT),
  unwrap: async (wrapped, by) => {
    if (by !== id) throw new Error(`a data key was wrapped by ${by}, and the key here is ${id}`);
    return seal.open(wrapped, CONTEXT);
  },
});

const CONTEXT = "ringfence data key";
