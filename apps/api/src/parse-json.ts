import { hash } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import type { FastifyBodyParser } from "fastify";
import { ProblemError } from "./problem.ts";

/**
 * Uses Fastify's own parser, which guards against `__proto__`, and adds where unreadable JSON is
 * broken.
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
  const position = brokenAt(body);
  if (position === null) return { key: "error.json-forbidden" };
  const before = body.slice(0, position).split("\n");
  return {
    key: "error.json-broken",
    values: { line: before.length, column: (before.at(-1) ?? "").length + 1 },
  };
}

const SPACE = /[\t\n\r ]*/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Everything from the space on, except the quote and the backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** States of the parser, named after the token it expects next. `… or close` means that the list or object may also end here. */
type Expected = "value" | "value or close" | "key" | "key or close" | "colon" | "comma or close";

/**
 * Finds where a text stops being JSON (RFC 8259), as an index into it; null if it is JSON. V8
 * reports the position of some faults only.
 */
export function brokenAt(text: string): number | null {
  const open: ("]" | "}")[] = [];
  let expected: Expected = "value";
  let at = skip(text, SPACE, 0);

  while (at < text.length) {
    const char = text[at];
    let end = at + 1;
    const mayBegin = expected.startsWith("value");

    if (expected.endsWith("close") && char === open.at(-1)) {
      open.pop();
      expected = "comma or close";
    } else if (mayBegin && (char === "[" || char === "{")) {
      open.push(char === "[" ? "]" : "}");
      expected = char === "[" ? "value or close" : "key or close";
    } else if (expected === "colon" && char === ":") {
      expected = "value";
    } else if (expected === "comma or close" && char === "," && open.length > 0) {
      expected = open.at(-1) === "]" ? "value" : "key";
    } else {
      const isKey = expected.startsWith("key");
      if (!mayBegin && !isKey) return at;
      end = char === '"' || isKey ? skipText(text, at) : skip(text, LITERAL, at);
      if (end === at) return at;
      expected = isKey ? "colon" : "comma or close";
    }
    at = skip(text, SPACE, end);
  }
  return open.length === 0 && expected === "comma or close" ? null : text.length;
}

/** Returns the index behind the match of `pattern` at `at`, or `at` itself without a match. */
function skip(text: string, pattern: RegExp, at: number) {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Skips a string in quotes; a single pattern would overflow the stack on 8 MiB. */
function skipText(text: string, at: number) {
  if (text[at] !== '"') return at;
  for (let end = skip(text, PLAIN, at + 1); ;) {
    if (text[end] === '"') return end + 1;
    const behind = skip(text, ESCAPE, end);
    if (behind === end) return at;
    end = skip(text, PLAIN, behind);
  }
}

const [BACKSLASH, COLON] = ["\\", ":"].map((char) => char.charCodeAt(0));
const SPACES = new Set(["\t", "\n", "\r", " "].map((char) => char.charCodeAt(0)));

/**
 * True if an object in a JSON text has one name twice. Readers of JSON disagree about which of the two counts, so
 * that one number could be screened and another be called. `value` is what the text was read as.
 */
export const hasRepeatedNames = (json: string, value: unknown): boolean =>
  countWrittenNames(json) !== countNames(value);

/** Counts the texts that a colon follows: in JSON, only names. */
function countWrittenNames(json: string): number {
  let count = 0;
  for (let start = json.indexOf('"'); start !== -1;) {
    let at = skipString(json, start);
    while (SPACES.has(json.charCodeAt(at))) at++;
    if (json.charCodeAt(at) === COLON) count++;
    start = json.indexOf('"', at);
  }
  return count;
}

/** Returns the place behind a text that begins at `start`. */
function skipString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end + 1;
}

/** True if an odd number of backslashes stands before a quote. */
function isEscaped(json: string, quote: number): boolean {
  let at = quote - 1;
  while (json.charCodeAt(at) === BACKSLASH) at--;
  return (quote - 1 - at) % 2 === 1;
}

function countNames(value: unknown): number {
  let count = 0;
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    const values = Object.values(next);
    if (!Array.isArray(next)) count += values.length;
    for (const one of values) open.push(one);
  }
  return count;
}
