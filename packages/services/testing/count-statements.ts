import { Client } from "pg";
import { vi } from "vitest";

/** How many statements something sends, by whatever connection: as a machine that is busy sends no more. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    return query.mock.calls.length;
  } finally {
    query.mockRestore();
  }
}
