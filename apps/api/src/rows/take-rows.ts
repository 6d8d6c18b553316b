import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { RowsResponse } from "@ringfence/core/platform/rows";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { ChangeHeaders } from "../answer-change.ts";
import { ProblemError, validate } from "../problem.ts";
import { readBytes } from "../guard-bodies.ts";
import { hasLargeBody } from "../limit-heavy.ts";
import { type Columns, readCsv } from "./read-csv.ts";
import { type RowPart, gatherParts, readNdjson } from "./read-ndjson.ts";

const rowTypes = ["application/json", "application/x-ndjson", "text/csv"] as const;

/** Options shared by all routes that take many rows. */
export const rowsRoute = {
  bodyLimit: 8 * 1024 * 1024,
  mediaTypes: rowTypes,
  isStream: (request: FastifyRequest) =>
    !isHeldWhole(request) && !isJson(request.headers["content-type"]),
  isHeavy: hasLargeBody,
};

/**
 * True if rows are not taken before their last one has arrived: to compare the whole body with an earlier one of the
 * same `Idempotency-Key`, or with the digest that was signed.
 */
const isHeldWhole = ({ headers, signedDigest }: FastifyRequest) =>
  "idempotency-key" in headers || signedDigest !== null;

const isJson = (type = "") => /^\s*application\/json\b/i.test(type);

/** OpenAPI schema shared by these routes; the body describes a good row. */
export const rowsSchema = {
  tags: ["Records"],
  description:
    "Up to 10,000 rows as a JSON array, or any number as a stream: one row per line (NDJSON), or CSV " +
    "with a header of these names. The answer says what is wrong with each bad row; good rows are " +
    "recorded all the same. With an `Idempotency-Key`, or signed, a stream is also limited to 8 MiB.",
  headers: ChangeHeaders,
  consumes: [...rowTypes],
  response: { 200: RowsResponse },
};

/** Lets the routes of a scope take many rows. They are not validated here: their verb checks each row by itself. */
export function takeRows(server: FastifyInstance) {
  parseRows(server);
  server.setValidatorCompiler<z.ZodType>((route) =>
    route.httpPart === "body" ? (value: unknown) => ({ value }) : validate(route),
  );
}

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * Columns that a CSV file may have, for routes that take many rows; may depend on the request.
     */
    columns?: Columns | ((request: FastifyRequest) => Columns);
  }
  interface FastifyRequest {
    /** Rows that come as a stream; null where they are the body, a JSON array. */
    rowParts: AsyncIterable<RowPart> | null;
  }
}

/** Lets the routes of a scope take rows as lines of JSON and as CSV, in streams of any length. */
function parseRows(server: FastifyInstance) {
  server.decorateRequest("rowParts", null);

  server.addContentTypeParser(
    "application/x-ndjson",
    async (request: FastifyRequest, payload: IncomingMessage) => {
      request.rowParts = gatherParts(readNdjson(await openSource(request, payload)));
      return [];
    },
  );
  server.addContentTypeParser(
    "text/csv",
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const { columns } = request.routeOptions.config;
      if (columns === undefined) throw new Error("a route takes CSV, and has no columns");
      const ours = typeof columns === "function" ? columns(request) : columns;
      request.rowParts = gatherParts(readCsv(await openSource(request, payload), ours));
      return [];
    },
  );
}

/** Returns the bytes of the rows. What is compared as a whole is held in memory, and limited like an array. */
async function openSource(request: FastifyRequest, payload: IncomingMessage) {
  const bytes = readBytes(payload);
  if (!isHeldWhole(request)) return bytes;
  const limit = request.routeOptions.bodyLimit;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > limit) {
      throw new ProblemError("too-large", {
        key: "error.stream-too-large",
        values: { kibibytes: limit / 1024 },
      });
    }
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  request.bodyHash = hash("sha256", whole, "buffer");
  return Readable.from([whole]);
}
