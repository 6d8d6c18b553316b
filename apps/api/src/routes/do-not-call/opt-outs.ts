import { Readable } from "node:stream";
import {
  OptOutFeedPage,
  OptOutResponse,
  ReadOptOutFeed,
  RecordOptOut,
  listFieldNotes,
} from "@ringfence/core/do-not-call/opt-out";
import {
  type RecordedOptOut,
  exportOptOuts,
  readOptOutFeed,
  recordOptOut,
} from "@ringfence/services/do-not-call/opt-out";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { RefusalHeaders, answerShared, problemAnswer } from "../../answer-change.ts";
import { requireContext } from "../../authenticate.ts";
import { formatNotes, noteUnread } from "../../note-unread.ts";
import { ProblemError } from "../../problem.ts";
import { csvFile } from "../../openapi/document-answers.ts";

export const optOutRoutes: FastifyPluginAsyncZod = async (server) => {
  addRecordRoute(server);
  addFeedRoutes(server);
};

const tags = ["Opt-outs"];
type Server = Parameters<FastifyPluginAsyncZod>[0];

function addRecordRoute(server: Server) {
  server.post(
    "/opt-outs",
    {
      config: {
        documentedAction: "opt-out.record",
        isUnlimited: true,
        problems: ["unprocessable"],
      },
      schema: {
        tags,
        operationId: "recordOptOut",
        summary: "Record an opt-out",
        description:
          "The opt-out is in force before the answer. Only something that is not a number is answered 422, " +
          "and even that is kept for an officer. A scope that cannot be read makes it an opt-out from all calls, " +
          "a time that cannot be read one from now on.",
        headers: RefusalHeaders,
        body: RecordOptOut,
        response: { 201: OptOutResponse },
      },
      preValidation: noteUnread(server, listFieldNotes),
    },
    (request, reply) =>
      answerShared(request, reply, {
        verb: recordOptOut,
        input: request.body,
        toAnswer: ({ answer, fault }) => {
          if (answer) return { status: 201, body: toResponse(request, answer) };
          const faults = [{ path: "/phone", message: fault }];
          return problemAnswer(new ProblemError("unprocessable", fault, { faults }), request);
        },
      }),
  );
}

/** Adds the feed and the list for dialers that keep a copy. */
function addFeedRoutes(server: Server) {
  server.get(
    "/opt-outs",
    {
      config: { documentedAction: "opt-out.read" },
      schema: {
        tags,
        operationId: "feedOptOuts",
        summary: "List changes after a cursor, in the order of commits",
        querystring: ReadOptOutFeed,
        response: { 200: OptOutFeedPage },
      },
    },
    (request) => readOptOutFeed(requireContext(request), request.query),
  );

  server.get(
    "/opt-outs.csv",
    {
      config: { documentedAction: "opt-out.read" },
      schema: {
        tags,
        operationId: "exportOptOuts",
        summary: "List all opt-outs in force, for dialers that keep a copy",
        description: "The `position` of the last row is the cursor from which the feed continues.",
        response: { 200: csvFile },
      },
    },
    async (request, reply) => {
      const pages = await exportOptOuts(requireContext(request));
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="opt-outs.csv"')
        .send(Readable.from(pages));
    },
  );
}

const toResponse = (
  request: FastifyRequest,
  { id, phone, scope, effectiveAt, reference, notes, receipt }: RecordedOptOut,
): OptOutResponse => ({
  id,
  phone,
  scope,
  effectiveAt,
  reference,
  notes: formatNotes(request, notes),
  receipt,
});
