import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** What a page is of, or 404: there is none, or it is another organization's. */
export async function found<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
