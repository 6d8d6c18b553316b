import type { Pool, PoolClient } from "pg";

type Queryable = { $queryRaw: (query: TemplateStringsArray) => Promise<{ pid: number }[]> };

/**
 * The connection of a transaction, for what Prisma cannot do, such as COPY: it is found by the process
 * that serves it. Until it is done with, the transaction must do nothing else.
 */
export function connectionsOf(pool: Pool) {
  const known = new Map<unknown, PoolClient>();
  pool.on("connect", (client) => void known.set(pidOf(client), client));
  pool.on("remove", (client) => void known.delete(pidOf(client)));
  return async (transaction: Queryable): Promise<PoolClient> => {
    const [own] = await transaction.$queryRaw`SELECT pg_backend_pid() AS pid`;
    const client = known.get(own?.pid);
    if (client === undefined) throw new Error(`Process ${own?.pid} serves no known connection`);
    return client;
  };
}

/** `pg` has it beside its types. */
const pidOf = (client: object) => ("processID" in client ? client.processID : undefined);
