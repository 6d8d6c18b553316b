import { Readable } from "node:stream";
import { ScrubId } from "@ringfence/core/ids";
import { fromStoredMessage, say } from "@ringfence/core/platform/message";
import { ScrubResponse, ScrubSettings, ScrubStarted } from "@ringfence/core/calling/scrub";
import { readScrub, scrubResult, startScrub } from "@ringfence/services/calling/scrub";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ChangeHeaders } from "../../answer-change.ts";
import { requestLocale } from "../../answer-errors.ts";
import { answerUpload } from "../../answer-upload.ts";
import { requireContext } from "../../authenticate.ts";
import { hasLargeBody } from "../../limit-heavy.ts";
import { csvFile, textBody } from "../../openapi/document-answers.ts";

const tags = ["Scrubs"];
const params = z.object({ id: ScrubId });

/** Media types that senders use for CSV. */
const fileTypes = ["text/csv", "text/plain", "application/csv", "application/octet-stream"];

const FileHeaders = ChangeHeaders.extend({
  "content-digest": z.string().optional().meta({
    description:
      "`sha-256=:<base64>:` (RFC 9530). A file that differs or was cut off on the way is refused.",
  }),
});

/** Scrub settings in a query, where every value is text. */
const ScrubQuery = ScrubSettings.extend({
  header: z
    .enum(["true", "false"])
    .default("true")
    .transform((text) => text === "true"),
});

type Server = Parameters<FastifyPluginAsyncZod>[0];

export const scrubRoutes: FastifyPluginAsyncZod = async (server) => {
  addUploadRoute(server);
  addReadingRoutes(server);
};

function addUploadRoute(server: Server) {
  server.removeAllContentTypeParsers();
  // Leaves the body unread, because it is streamed to its place and may be of any size.
  server.addContentTypeParser(fileTypes, (_request, _payload, done) => done(null));

  server.post(
    "/scrubs",
    {
      config: {
        documentedAction: "scrub.run",
        mediaTypes: fileTypes,
        isStream: () => true,
        isHeavy: hasLargeBody,
        problems: ["unprocessable"],
      },
      schema: {
        tags,
        operationId: "startScrub",
        summary: "Screen a file of numbers, of any size",
        description: "Takes a CSV file, which a worker screens. The result has four more columns.",
        headers: FileHeaders,
        querystring: ScrubQuery,
        consumes: fileTypes,
        body: textBody,
        response: { 202: ScrubStarted },
      },
    },
    (request, reply) =>
      answerUpload<ScrubStarted>(request, reply, 202, (ctx, file) =>
        startScrub(ctx, { fileName: "scrub.csv", settings: request.query, ...file }),
      ),
  );
}

function addReadingRoutes(server: Server) {
  server.get(
    "/scrubs/:id",
    {
      config: { documentedAction: "scrub.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readScrub",
        summary: "Get the progress and outcome of a scrub",
        params,
        response: { 200: ScrubResponse },
      },
    },
    async (request): Promise<ScrubResponse> => {
      const scrub = await readScrub(requireContext(request), request.params.id);
      const { id, status, rows, counts, error } = scrub;
      const sentence = error && { error: say(requestLocale(request), fromStoredMessage(error)) };
      return { id, status, rows, counts, ...sentence };
    },
  );

  server.get(
    "/scrubs/:id/result.csv",
    {
      config: { documentedAction: "scrub.read", problems: ["not-found", "conflict"] },
      schema: {
        tags,
        operationId: "readScrubResult",
        summary: "Download the file with its four more columns, once the scrub is done",
        params,
        response: { 200: csvFile },
      },
    },
    async (request, reply) => {
      const { content } = await scrubResult(requireContext(request), request.params.id);
      return reply
        .type("text/csv")
        .header("content-disposition", `attachment; filename="${request.params.id}.csv"`)
        .send(Readable.from(content));
    },
  );
}
