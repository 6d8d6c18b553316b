import { CallRow } from "@ringfence/core/call";
import { ContactRow } from "@ringfence/core/contact";
import { RowsTold } from "@ringfence/core/rows";
import { recordCalls } from "@ringfence/services/call";
import { recordContacts } from "@ringfence/services/contact";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { z } from "zod";
import { ChangeHeaders } from "../answer-change.ts";
import { answerRows } from "../rows/answer-rows.ts";
import { callColumns, contactColumns } from "../rows/columns.ts";
import { parseRows, rowTypes } from "../rows/parse-rows.ts";
import { validate } from "../validate.ts";

const ARRAY_BYTES = 8 * 1024 * 1024;

const description =
  "Up to 10,000 rows as a JSON array, or any number as a stream: a row a line (NDJSON), or CSV with a " +
  "header of these names. A bad row is told why, and never loses a good one. With an " +
  "`Idempotency-Key` a stream, too, has at most 8 MiB.";

export const recordRoutes: FastifyPluginAsyncZod = async (server) => {
  parseRows(server);
  // Rows are read one by one, by their verb: what is said of the body describes a good one.
  server.setValidatorCompiler<z.ZodType>((route) =>
    route.httpPart === "body" ? (value: unknown) => ({ value }) : validate(route),
  );
  const shared = {
    tags: ["Records"],
    description,
    headers: ChangeHeaders,
    consumes: [...rowTypes],
  };
  const response = { 200: RowsTold };

  server.post(
    "/contacts",
    {
      bodyLimit: ARRAY_BYTES,
      config: { action: "contact.record", columns: contactColumns, mediaTypes: rowTypes },
      schema: {
        ...shared,
        summary: "Bring contacts up to what rows say of them",
        body: ContactRow.array(),
        response,
      },
    },
    (request, reply) => answerRows(request, reply, recordContacts),
  );

  server.post(
    "/calls",
    {
      bodyLimit: ARRAY_BYTES,
      config: { action: "call.record", columns: callColumns, mediaTypes: rowTypes },
      schema: {
        ...shared,
        summary: "Put calls that were placed on record, from the dialer's log",
        body: CallRow.array(),
        response,
      },
    },
    (request, reply) => answerRows(request, reply, recordCalls),
  );
};
