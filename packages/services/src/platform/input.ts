import { z } from "zod";
import type { Transact } from "./context.ts";

/*
 * Inputs of verbs that only our own programs can pass, because no text describes them.
 */

/** The bytes of a file as they arrive, of any size. */
export const ByteStream = z.custom<AsyncIterable<Uint8Array>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);

/** A function that a verb calls while it works. */
export const functionInput = <F extends (...input: never[]) => unknown>() =>
  z.custom<F>((value) => typeof value === "function");

/** A function that runs the transaction of a verb that starts working before it. */
export const transactInput = <T>() => functionInput<Transact<T>>();
