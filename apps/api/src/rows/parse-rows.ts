import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { bytesOf } from "../bytes-of.ts";
import { ProblemError } from "../problem.ts";
import { type Columns, readCsv } from "./read-csv.ts";
import { readNdjson } from "./read-ndjson.ts";
import { partsOf, type RowPart } from "./row-parts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Of a route that takes many rows: what the columns of a CSV file may be, as the request has it. */
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
      request.rowParts = partsOf(readNdjson(await source(request, payload)));
      return [];
    },
  );
  server.addContentTypeParser(
    "text/csv",
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const { columns } = request.routeOptions.config;
      if (columns === undefined) throw new Error("a route takes CSV, and has no columns");
      const ours = typeof columns === "function" ? columns(request) : columns;
      request.rowParts = partsOf(readCsv(await source(request, payload), ours));
      return [];
    },
  );
}

/** What is to be answered once for all repetitions is compared whole, and is no longer than an array. */
async function source(request: FastifyRequest, payload: IncomingMessage) {
  const bytes = bytesOf(payload);
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
