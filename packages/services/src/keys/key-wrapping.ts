// A hash depends on what is hashed alone.
// oxlint-disable-next-line house/no-ambient-input
import { hash } from "node:crypto";
import { sealWith } from "./seal.ts";

/**
 * Wraps the data keys of the vault with a key that is not in the database: a file's here, a KMS's
 * where `wrap` and `unwrap` are its calls. `id` says with which key `wrap` works; take both from one object,
 * for after a rotation the next one works with another.
 */
export type KeyWrapping = {
  id: string;
  wrap: (dataKey: Uint8Array) => Promise<Uint8Array>;
  /** Also with keys that were rotated out. Fails for what a foreign key has wrapped. */
  unwrap: (wrapped: Uint8Array, id: string) => Promise<Uint8Array>;
};

/**
 * By the last of these keys, and opening with all of them. What is wrapped by one that is not there is
 * looked for once more after `refresh`: another process may have rotated the key.
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
        throw new Error(`a data key was wrapped by ${id}, which is not here`);
      return sealWith(secret).open(wrapped, CONTEXT);
    },
  };
}

/** As it stands beside what was wrapped. */
const wrappingKeyId = (secret: Uint8Array) => hash("sha256", secret, "hex").slice(0, 16);

const CONTEXT = "ringfence data key";
