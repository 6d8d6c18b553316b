import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** What was asked for, or in a sentence why the member cannot have it as they asked. */
export type Asked<T> = { got: T; fault?: never } | { fault: string; got?: never };

/** For a page: what is not there is 404, what was asked amiss is told, and a bug stays one. */
export async function asked<T>(asking: Promise<T>): Promise<Asked<T>> {
  try {
    return { got: await asking };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "NOT_FOUND") notFound();
    if (error.code === "BAD_REQUEST" || error.code === "FORBIDDEN") return { fault: error.message };
    throw error;
  }
}
