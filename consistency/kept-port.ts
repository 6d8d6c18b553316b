import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the range that the system gives to connections, so that a port stays free while its server
 * is down.
 */
const [lowest, count] = [20_000, 10_000];

/** Finds a free port of 127.0.0.1 that is not given to others meanwhile. */
export async function keptPort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * count);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await Promise.race([
      once(server, "listening").then(() => true),
      once(server, "error").then(() => false),
    ]);
    server.close();
    if (isFree) return port;
  }
}
