import { readCheckpoint, readNote } from "@ringfence/core/proof/ledger";

/**
 * Reads the root hash from a signed checkpoint. Null if the stored note is damaged, which is not the same as
 * having no checkpoint.
 */
export const readRoot = ({ note }: { note: string }): Uint8Array | null =>
  readCheckpoint(readNote(note)?.text ?? "")?.root ?? null;
