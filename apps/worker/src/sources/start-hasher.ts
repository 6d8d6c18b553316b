import { on, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { giveBack, makeRing, viewPiece, type Ring } from "./piece-ring.ts";

const Hashed = z.object({ sha256: z.string(), bytes: z.number() });
export type Hashed = z.infer<typeof Hashed>;

/** The length of a piece, or, at the end, the hash of the whole file. */
const Answer = z.union([z.int(), Hashed]);

export type Hasher = ReturnType<typeof startHasher>;

/** Starts a thread that hashes open files, one at a time. */
export function startHasher() {
  // It needs no environment, and by ours `node --watch` would have it tell its imports among its
  // answers (nodejs/node#65044).
  const thread = new Worker(new URL("hash-thread.js", import.meta.url), { env: {} });
  const begin = (fd: number, ring: Ring | null) => thread.postMessage({ fd, ring }, []);
  return {
    /** Hashes a file that is read elsewhere at the same time. */
    hash: async (fd: number): Promise<Hashed> => {
      const answer = once(thread, "message");
      begin(fd, null);
      const [hashed] = await answer;
      return Hashed.parse(hashed);
    },
    /**
     * Also hands out the file's bytes, piece by piece. The memory is lent: later pieces overwrite
     * it. Once `take` has thrown, the thread is unusable.
     */
    read: async (fd: number, take: (bytes: Uint8Array) => void): Promise<Hashed> => {
      const ring = makeRing();
      const answers = on(thread, "message", { close: ["exit"] });
      begin(fd, ring);
      try {
        let pieces = 0;
        for await (const [answer] of answers) {
          const said = Answer.parse(answer);
          if (typeof said !== "number") return said;
          take(viewPiece(ring, pieces++, said));
          giveBack(ring);
          await setImmediate(); // pieces may come without a pause, and others need their turn
        }
        throw new Error("The thread that reads a file came to an end");
      } catch (error) {
        // The thread would wait forever, and with it whoever wants to close the file.
        await thread.terminate();
        throw error;
      }
    },
    stop: () => thread.terminate(),
  };
}
