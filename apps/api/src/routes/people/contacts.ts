import { ContactRow } from "@ringfence/core/people/contact";
import { recordContacts } from "@ringfence/services/people/contact";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { answerRows } from "../../rows/answer-rows.ts";
import { contactColumns as columns } from "../../rows/read-csv.ts";
import { rowsRoute, rowsSchema, takeRows } from "../../rows/take-rows.ts";

export const contactRoutes: FastifyPluginAsyncZod = async (server) => {
  const { bodyLimit, ...rows } = rowsRoute;
  takeRows(server);

  server.post(
    "/contacts",
    {
      bodyLimit,
      config: { documentedAction: "contact.record", columns, ...rows },
      schema: {
        ...rowsSchema,
        operationId: "recordContacts",
        summary: "Create or update contacts",
        body: ContactRow.array(),
      },
    },
    (request, reply) => answerRows(request, reply, recordContacts),
  );
};
