import { TookTooLong } from "./within.ts";

/**
 * Codes of sockets, PostgreSQL (classes 08, 53 and 57P) and Prisma which mean that no answer will
 * come.
 */
const AWAY =
  /^(E(CONN|HOSTUNREACH|NETUNREACH|NOTFOUND|PIPE|TIMEDOUT|AI_AGAIN)|08|53|57P|P1001|P1002|P1008|P1017|P2024|P2028)/;

/** node-postgres has no codes for connections that broke or did not come, nor for queries. */
const SAID = /^(Connection terminated|timeout (exceeded|expired)|Query read timeout)/;

/** True if an error means that the database does not answer, so that a retry may succeed. */
export function isAway(error: Error): boolean {
  if (error instanceof TookTooLong) return true;
  if ("code" in error && AWAY.test(String(error.code))) return true;
  if (error instanceof AggregateError)
    return error.errors.some((one) => one instanceof Error && isAway(one));
  return SAID.test(error.message);
}
