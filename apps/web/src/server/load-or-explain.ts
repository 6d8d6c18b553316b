import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** The result, or a sentence that explains why the member cannot have it. */
export type LoadedOrFault<T> = { got: T; fault?: never } | { fault: string; got?: never };

/**
 * Awaits data for a page: a missing record becomes a 404, a bad or forbidden request an explanation, and
 * bugs are rethrown.
 */
export async function loadOrExplain<T>(asking: Promise<T>): Promise<LoadedOrFault<T>> {
  try {
    return { got: await asking };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "NOT_FOUND") notFound();
    if (error.code === "BAD_REQUEST" || error.code === "FORBIDDEN") return { fault: error.message };
    throw error;
  }
}
