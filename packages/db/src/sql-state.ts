import { isDriverAdapterError } from "@prisma/driver-adapter-utils";
import { DatabaseError } from "pg";
import { Prisma } from "./generated/prisma/client.ts";

/** SQLSTATE of an error of PostgreSQL, through Prisma, Kysely or the pool. Null for other errors. */
export function findSqlState(error: unknown): string | null {
  if (error instanceof DatabaseError) return error.code ?? null;
  if (isDriverAdapterError(error)) return error.cause.originalCode ?? null;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return findSqlState(error.meta?.["driverAdapterError"]);
  }
  return null;
}
