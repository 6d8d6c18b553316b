import { Connection } from "pg";
import { vi } from "vitest";

/**
 * Counts the statements that some work sends on all connections, by the messages of the protocol: `Bind` for a
 * statement with parameters, `Query` for one without. Unlike a duration, the count does not depend on how busy the
 * machine is.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const [bind, query] = [
    vi.spyOn(Connection.prototype, "bind"),
    vi.spyOn(Connection.prototype, "query"),
  ];
  try {
    await work();
    return bind.mock.calls.length + query.mock.calls.length;
  } finally {
    bind.mockRestore();
    query.mockRestore();
  }
}
