import { RowsResponse } from "@ringfence/core/platform/rows";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { ChangeHeaders } from "../answer-change.ts";
import { validate } from "../validate.ts";
import { parseRows, rowTypes } from "./parse-rows.ts";

/** What every route that takes many rows has. */
export const rowsRoute = {
  bodyLimit: 8 * 1024 * 1024,
  mediaTypes: rowTypes,
  isStream: ({ headers }: FastifyRequest) =>
    !("idempotency-key" in headers) && !isJson(headers["content-type"]),
};

const isJson = (type = "") => /^\s*application\/json\b/i.test(type);

/** What it says of itself; its body describes a good row. */
export const rowsSchema = {
  tags: ["Records"],
  description:
    "Up to 10,000 rows as a JSON array, or any number as a stream: a row a line (NDJSON), or CSV with " +
    "a header of these names. A bad row is told why, and never loses a good one. With an " +
    "`Idempotency-Key` a stream, too, has at most 8 MiB.",
  headers: ChangeHeaders,
  consumes: [...rowTypes],
  response: { 200: RowsResponse },
};

/** Lets the routes of a scope take many rows, which their verb reads one by one. */
export function takeRows(server: FastifyInstance) {
  parseRows(server);
  server.setValidatorCompiler<z.ZodType>((route) =>
    route.httpPart === "body" ? (value: unknown) => ({ value }) : validate(route),
  );
}
