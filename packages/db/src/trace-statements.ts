import { finished, Stream } from "node:stream";
import { SpanKind, context } from "@opentelemetry/api";
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
} from "@opentelemetry/semantic-conventions";
import type { Pool } from "pg";
import { type SpanAttributes, isTraced, noteError, startSpan } from "./span.ts";

type Send = (...query: unknown[]) => unknown;

/**
 * Opens a span for each statement that a pool sends while there is an active span. Prisma, Kysely and the pool itself
 * all send through here. A span has the operation and a table as its name, and never the text: a text may hold a value.
 */
export function traceStatements(pool: Pool): void {
  pool.on("connect", (client) => {
    const send: Send = client.query.bind(client);
    const query = (...query: unknown[]) => (isTraced() ? sendInSpan(send, query) : send(...query));
    Object.assign(client, { query });
  });
  // A caller that waits for a connection gets it in the context of the one who released it, so its own is restored.
  const connect: Send = pool.connect.bind(pool);
  Object.assign(pool, {
    connect: (callback?: () => unknown) =>
      callback !== undefined && isTraced()
        ? connect(context.bind(context.active(), callback))
        : connect(callback),
  });
}

function sendInSpan(send: Send, query: unknown[]): unknown {
  const { name, attributes } = describeStatement(readText(query[0]));
  const span = startSpan(name, { kind: SpanKind.CLIENT, attributes });
  const end = (error?: unknown) => {
    if (error) noteError(span, error);
    span.end();
  };
  const callback = query.at(-1);
  if (typeof callback === "function") {
    const notify = (...outcome: unknown[]) => {
      end(outcome[0]);
      Reflect.apply(callback, undefined, outcome);
    };
    return send(...query.slice(0, -1), notify);
  }
  const answer = send(...query);
  if (answer instanceof Promise) answer.then(() => end(), end);
  else if (answer instanceof Stream.Readable || answer instanceof Stream.Writable)
    finished(answer, end); // COPY
  else end();
  return answer;
}

const readText = (query: unknown): string => {
  if (typeof query === "string") return query;
  const text: unknown =
    typeof query === "object" && query !== null ? Reflect.get(query, "text") : undefined;
  return typeof text === "string" ? text : "";
};

type Description = { name: string; attributes: SpanAttributes };

/** More texts than our code has. When the limit is reached, all descriptions are forgotten. */
const MAX_DESCRIPTIONS = 2_000;
const descriptions = new Map<string, Description>();

/**
 * Describes a statement by its operation and a table: the first that it writes, otherwise the first that it reads.
 * Names that a WITH defines are not tables.
 */
export function describeStatement(text: string): Description {
  const known = descriptions.get(text);
  if (known !== undefined) return known;
  if (descriptions.size >= MAX_DESCRIPTIONS) descriptions.clear();
  const { operation, table } = findWords(text.replaceAll(NO_WORDS, " "));
  const description = {
    name: table === undefined ? operation : `${operation} ${table}`,
    attributes: {
      [ATTR_DB_SYSTEM_NAME]: "postgresql",
      [ATTR_DB_OPERATION_NAME]: operation,
      [ATTR_DB_COLLECTION_NAME]: table,
    },
  };
  descriptions.set(text, description);
  return description;
}

function findWords(words: string): { operation: string; table: string | undefined } {
  const first = /[a-z]+/i.exec(words)?.[0]?.toUpperCase() ?? "";
  const { operation, written } = WRITTEN.exec(words)?.groups ?? {};
  if (operation !== undefined) return { operation: operation.toUpperCase(), table: written };
  const named = new Set([...words.matchAll(NAMED)].map(([, name]) => name));
  const tables = [...words.matchAll(READ)].map(([, table]) => table);
  return {
    operation: first === "WITH" ? "SELECT" : operations.has(first) ? first : "SQL",
    table: tables.find((table) => table !== undefined && !named.has(table)),
  };
}

/** Literals and comments. */
const NO_WORDS = /'(?:[^']|'')*'|\$(\w*)\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\//g;

/** A table that is written, or copied. `FOR UPDATE` and `DO UPDATE SET` write none. */
const WRITTEN =
  /(?<!\b(?:for|do|no key)\s+)\b(?<operation>insert|update|delete|merge|copy)\s+(?:into\s+|from\s+)?(?:only\s+)?(?:"?[a-z_]+"?\.)?"?(?<written>[a-z_]+)\b/i;

/** A table that is read, and not a function. */
const READ = /\b(?:from|join|table)\s+(?:only\s+)?(?:"?[a-z_]+"?\.)?"?([a-z_]+)\b"?(?!\s*\()/gi;

/** A name in a WITH. */
const NAMED = /\b([a-z_]+)\s+as\s+(?:(?:not\s+)?materialized\s+)?\(/gi;

const operations: ReadonlySet<string> = new Set([
  "BEGIN",
  "COMMIT",
  "COPY",
  "LOCK",
  "RELEASE",
  "ROLLBACK",
  "SAVEPOINT",
  "SELECT",
  "SET",
  "TRUNCATE",
  "VALUES",
]);
