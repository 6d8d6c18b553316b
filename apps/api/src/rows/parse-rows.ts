import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { readBytes } from "../read-bytes.ts";
import { ProblemError } from "../problem.ts";
import { type Columns, readCsv } from "./read-csv.ts";
import { readNdjson } from "./read-ndjson.ts";
import { type RowPart, gatherParts } from "./row-parts.ts";

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

export const rowTypes = ["application/json", "application/x-ndjson", "text/csv"] as const;

/** Lets the routes of a scope take rows as lines of JSON and as CSV, in streams of any length. */
export function parseRows(server: FastifyInstance) {
  server.decorateRequest("rowParts", null);

  server.addContentTypeParser(
    "application/x-ndjson",
    async (request: FastifyRequest, payload: IncomingMessage) => {
      request.rowParts = gatherParts(readNdjson(await source(request, payload)));
      return [];
    },
  );
  server.addContentTypeParser(
    "text/csv",
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const { columns } = request.routeOptions.config;
      if (columns === undefined) throw new Error("a route takes CSV, and has no columns");
      const ours = typeof columns === "function" ? columns(request) : columns;
      request.rowParts = gatherParts(readCsv(await source(request, payload), ours));
      return [];
    },
  );
}

/**
 * The bytes of the rows. With an idempotency key the whole body is compared, so it is held in
 * memory and limited like an array.
 */
async function source(request: FastifyRequest, payload: IncomingMessage) {
  const bytes = readBytes(payload);
  if (!("idempotency-key" in request.headers)) return bytes;
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
