import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const Hashed = z.object({ sha256: z.string(), bytes: z.number() });
export type Hashed = z.infer<typeof Hashed>;

/** A thread that hashes open files, one at a time. */
export function startHasher() {
  // It needs no environment, and by ours `node --watch` would have it tell its imports among its
  // answers (nodejs/node#65044).
  const thread = new Worker(new URL("hash-thread.ts", import.meta.url), { env: {} });
  return {
    hash: async (fd: number): Promise<Hashed> => {
      const answer = once(thread, "message");
      thread.postMessage(fd, []);
      const [hashed] = await answer;
      return Hashed.parse(hashed);
    },
    stop: () => thread.terminate(),
  };
}
