import { on, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const Hashed = z.object({ sha256: z.string(), bytes: z.number() });
export type Hashed = z.infer<typeof Hashed>;

/** The length of a piece, or, at the end, the hash of the whole file. */
const Answer = z.union([z.int(), Hashed]);

export type Hasher = ReturnType<typeof startHasher>;

/**
 * Starts a thread that hashes open files, one at a time. Not `piscina`, whose tasks end with one result: this thread
 * hands a file out piece by piece while it hashes it.
 */
export function startHasher() {
  // The thread needs no environment. With ours, `node --watch` would make it report its imports among its
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
          const lengthOrHash = Answer.parse(answer);
          if (typeof lengthOrHash !== "number") return lengthOrHash;
          take(viewPiece(ring, pieces++, lengthOrHash));
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

/** Shared memory through which one thread hands the pieces of a file to another. */
export type Ring = {
  /** Slots of the ring; piece n is in slot n modulo their number. */
  pieces: readonly Uint8Array<SharedArrayBuffer>[];
  /** Number of pieces taken. */
  taken: Int32Array<SharedArrayBuffer>;
};

/**
 * A whole number of 12-byte lines of the US registry, so that none is cut; a ring of these stays in
 * the processor's cache.
 */
export const PIECE_BYTES = 12 << 18;
const PIECES = 4;

const makeRing = (): Ring => ({
  pieces: Array.from({ length: PIECES }, () => new Uint8Array(new SharedArrayBuffer(PIECE_BYTES))),
  taken: new Int32Array(new SharedArrayBuffer(4)),
});

/** The first `length` bytes of the piece of that number. */
const viewPiece = ({ pieces }: Ring, number: number, length: number) =>
  pieces[number % PIECES]?.subarray(0, length) ?? new Uint8Array(0);

/** Frees the slot of a piece. */
function giveBack({ taken }: Ring) {
  Atomics.add(taken, 0, 1);
  Atomics.notify(taken, 0);
}
