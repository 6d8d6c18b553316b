import { Client } from "pg";
import { vi } from "vitest";

/**
 * Counts the statements that some work sends on all connections. Unlike a duration, the count does not
 * depend on how busy the machine is.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    return query.mock.calls.length;
  } finally {
    query.mockRestore();
  }
}
