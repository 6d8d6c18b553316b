import { on, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { giveBack, makeRing, pieceOf, type Ring } from "./piece-ring.ts";

const Hashed = z.object({ sha256: z.string(), bytes: z.number() });
export type Hashed = z.infer<typeof Hashed>;

/** A piece of a file, by its length, or at the end all of it. */
const Answer = z.union([z.int(), Hashed]);

export type Hasher = ReturnType<typeof startHasher>;

/** A thread that hashes open files, one at a time. */
export function startHasher() {
  // It needs no environment, and by ours `node --watch` would have it tell its imports among its
  // answers (nodejs/node#65044).
  const thread = new Worker(new URL("hash-thread.js", import.meta.url), { env: {} });
  const begin = (fd: number, ring: Ring | null) => thread.postMessage({ fd, ring }, []);
  return {
    /** Of a file that is read elsewhere meanwhile. */
    hash: async (fd: number): Promise<Hashed> => {
      const answer = once(thread, "message");
      begin(fd, null);
      const [hashed] = await answer;
      return Hashed.parse(hashed);
    },
    /**
     * Hands out the file's bytes as well, piece by piece. They are lent: others are written over them.
     * Once `take` has thrown, the thread is of no more use.
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
          take(pieceOf(ring, pieces++, said));
          giveBack(ring);
          await setImmediate(); // pieces may keep coming, and others have to get their turn
        }
        throw new Error("The thread that reads a file came to an end");
      } catch (error) {
        // It would wait for ever, and with it whoever wants to close the file.
        await thread.terminate();
        throw error;
      }
    },
    stop: () => thread.terminate(),
  };
}
