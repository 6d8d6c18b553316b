import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { type Checkpoint, base64, readBase64 } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { flushFolder } from "../../../platform/internal.ts";

/**
 * The signer's record of the last checkpoint that it signed or was about to sign. It is kept with the keys, out of the
 * database's reach.
 */
export type SignerMemory = {
  /** Returns null if the signer never signed. Throws if the record cannot be read. */
  recall: () => Checkpoint | null;
  /** Records a checkpoint before it is signed. It is on disk when this returns. */
  remember: (checkpoint: Checkpoint) => void;
};

const Remembered = z.object({ origin: z.string(), size: z.int().nonnegative(), root: z.string() });

/** Opens the memory in the folder of the keys. The folder must exist before `remember` is called. */
export function openSignerMemory(folder: string): SignerMemory {
  const file = path.join(folder, "ledger-memory.json");
  return {
    recall() {
      if (!existsSync(file)) return null;
      const { origin, size, root } = Remembered.parse(JSON.parse(readFileSync(file, "utf8")));
      const read = readBase64(root);
      if (read === null) throw new Error(`${file} holds no root`);
      return { origin, size, root: read };
    },
    remember({ origin, size, root }) {
      const draft = `${file}.draft`;
      writeFlushed(draft, JSON.stringify({ origin, size, root: base64(root) }));
      renameSync(draft, file);
      flushFolder(folder);
    },
  };
}

function writeFlushed(file: string, text: string) {
  const handle = openSync(file, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
