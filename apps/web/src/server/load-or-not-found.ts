import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** Awaits the subject of a page; 404 if there is none or it belongs to another organization. */
export async function loadOrNotFound<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
