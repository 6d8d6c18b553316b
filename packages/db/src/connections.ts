import type { Pool, PoolClient } from "pg";

type Queryable = { $queryRaw: (query: TemplateStringsArray) => Promise<{ pid: number }[]> };

/**
 * Creates a function that finds the connection of a transaction by its server process, for statements that
 * Prisma does not support, such as COPY. While the connection is in use, the transaction must do nothing else.
 */
export function createConnectionFinder(pool: Pool) {
  const known = new Map<unknown, PoolClient>();
  pool.on("connect", (client) => void known.set(readPid(client), client));
  pool.on("remove", (client) => void known.delete(readPid(client)));
  return async (transaction: Queryable): Promise<PoolClient> => {
    const [own] = await transaction.$queryRaw`SELECT pg_backend_pid() AS pid`;
    const client = known.get(own?.pid);
    if (client === undefined) throw new Error(`Process ${own?.pid} serves no known connection`);
    return client;
  };
}

/** Reads the server process ID, which `pg` has but does not declare in its types. */
const readPid = (client: object) => ("processID" in client ? client.processID : undefined);
