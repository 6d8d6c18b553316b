import { hash } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import type { FastifyBodyParser } from "fastify";
import { visit } from "jsonc-parser";
import { hasRepeatedNames } from "@ringfence/core/platform/text";
import { ProblemError } from "./problem.ts";

/**
 * Parses a body with Fastify's own parser, which guards against `__proto__`. The problem says where unreadable JSON
 * is broken. An object with a name given twice is refused too. Sets `bodyHash` if there is an `Idempotency-Key`.
 */
export const parseJson =
  (parse: FastifyBodyParser<string>): FastifyBodyParser<string> =>
  (request, body, done) => {
    if ("idempotency-key" in request.headers) request.bodyHash = hash("sha256", body, "buffer");
    void parse(request, body, (error, value) => {
      if (error !== null) done(brokenJson(body), undefined);
      else if (hasRepeatedNames(body, value))
        done(invalid({ key: "error.json-repeated" }), undefined);
      else done(null, value);
    });
  };

const brokenJson = (body: string) => invalid(describeFault(body));

const invalid = (message: Message) =>
  new ProblemError("invalid-request", message, { faults: [{ path: "", message }] });

function describeFault(body: string): Message {
  if (body === "") return { key: "error.body-empty" };
  const position = findJsonFault(body);
  if (position === null) return { key: "error.json-forbidden" };
  const before = body.slice(0, position).split("\n");
  return {
    key: "error.json-broken",
    values: { line: before.length, column: (before.at(-1) ?? "").length + 1 },
  };
}

/** Finds where a text stops being JSON, as an index into it; null if it is JSON. V8 reports some positions only. */
export function findJsonFault(text: string): number | null {
  const faults: number[] = [];
  const onError = (_: unknown, offset: number) => void faults.push(offset);
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch (error) {
    // Nested so deeply that the stack overflows: no request of ours is.
    if (error instanceof RangeError) return text.length;
    throw error;
  }
  return faults[0] ?? null;
}
