import { ServiceError } from "../src/platform/errors.ts";

/** Returns everything in an output as text. Reads streams to their end, and calls for pages. */
async function readOutput(output: unknown): Promise<string> {
  if (output instanceof Uint8Array) return Buffer.from(output).toString("latin1");
  if (output instanceof Date) return output.toISOString();
  if (typeof output === "function") return readOutput(await output());
  if (typeof output !== "object" || output === null) return String(output);
  const parts: string[] = [];
  if (Symbol.asyncIterator in output) {
    const stream: AsyncIterable<unknown> = Object(output);
    for await (const part of stream) parts.push(await readOutput(part));
    return parts.join("");
  }
  const values: unknown[] =
    Symbol.iterator in output ? [...Object(output)] : Object.entries(output).flat();
  for (const value of values) parts.push(await readOutput(value));
  return parts.join("\n");
}

/** Calls, and returns the answer with the messages sent meanwhile, or the code and text of the refusal. */
export async function attemptCall(call: () => Promise<unknown>, messages: unknown[] = []) {
  messages.length = 0;
  try {
    const output = await readOutput(await call());
    return { outcome: "answers", text: `${output} ${JSON.stringify(messages)}` };
  } catch (error) {
    const outcome = error instanceof ServiceError ? error.code : "error";
    return { outcome, text: `${String(error)} ${JSON.stringify(error)}` };
  }
}
