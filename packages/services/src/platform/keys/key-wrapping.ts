// A hash depends only on its input.
// oxlint-disable-next-line house/no-ambient-input
import { hash } from "node:crypto";
import { sealWith } from "./seal.ts";

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
export function fileWrapping(
  secrets: () => readonly Uint8Array[],
  refresh: () => Promise<void>,
): KeyWrapping {
  const current = secrets().at(-1);
  if (current === undefined) throw new Error("there is no vault key");
  const find = (id: string) => secrets().find((secret) => wrappingKeyId(secret) === id);
  return {
    id: wrappingKeyId(current),
    wrap: async (dataKey) => sealWith(current).seal(dataKey, CONTEXT),
    async unwrap(wrapped, id) {
      if (find(id) === undefined) await refresh();
      const secret = find(id);
      if (secret === undefined)
        throw new Error(`a data key was wrapped with key ${id}, which is missing`);
      return sealWith(secret).open(wrapped, CONTEXT);
    },
  };
}

/** Computes the key id that is stored with what was wrapped. */
const wrappingKeyId = (secret: Uint8Array) => hash("sha256", secret, "hex").slice(0, 16);

const CONTEXT = "ringfence data key";
