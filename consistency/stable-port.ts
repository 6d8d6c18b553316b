import { randomInt } from "node:crypto";
import getPort from "get-port";

/**
 * Below the range that the system gives to connections, so that a port stays free while its server
 * is down.
 */
const [lowest, count] = [20_000, 10_000];

/** Finds a free port that is not given to others meanwhile. */
export const findStablePort = (): Promise<number> =>
  getPort({ port: Array.from({ length: 100 }, () => lowest + randomInt(count)) });
