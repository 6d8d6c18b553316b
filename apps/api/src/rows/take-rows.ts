import { RowsResponse } from "@ringfence/core/platform/rows";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { ChangeHeaders } from "../answer-change.ts";
import { validate } from "../validate.ts";
import { parseRows, rowTypes } from "./parse-rows.ts";

/** Options shared by all routes that take many rows. */
export const rowsRoute = {
  bodyLimit: 8 * 1024 * 1024,
  mediaTypes: rowTypes,
  isStream: ({ headers }: FastifyRequest) =>
    !("idempotency-key" in headers) && !isJson(headers["content-type"]),
};

const isJson = (type = "") => /^\s*application\/json\b/i.test(type);

/** OpenAPI schema shared by these routes; the body describes a good row. */
export const rowsSchema = {
  tags: ["Records"],
  description:
    "Up to 10,000 rows as a JSON array, or any number as a stream: one row per line (NDJSON), or CSV " +
    "with a header of these names. The answer says what is wrong with each bad row; good rows are " +
    "recorded all the same. With an `Idempotency-Key` a stream is also limited to 8 MiB.",
  headers: ChangeHeaders,
  consumes: [...rowTypes],
  response: { 200: RowsResponse },
};

/** Lets the routes of a scope take many rows, which their verb reads one at a time. */
export function takeRows(server: FastifyInstance) {
  parseRows(server);
  server.setValidatorCompiler<z.ZodType>((route) =>
    route.httpPart === "body" ? (value: unknown) => ({ value }) : validate(route),
  );
}
