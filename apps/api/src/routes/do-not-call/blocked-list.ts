import { Readable } from "node:stream";
import { BlockedEditionNumber } from "@ringfence/core/do-not-call/blocked-list";
import {
  type OpenBlockedList,
  openBlockedList,
} from "@ringfence/services/do-not-call/blocked-list";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireContext } from "../../authenticate.ts";
import { csvFile } from "../../openapi/document-answers.ts";

const tags = ["Opt-outs"];

/**
 * Routes for systems that keep a copy of all blocked numbers and fetch it again when it changes.
 */
export const blockedListRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/blocked-list.csv",
    {
      config: { action: "blocked-list.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readBlockedList",
        summary: "Download all blocked numbers, as last written",
        description:
          "Opt-outs, suppressions, and numbers of yours that a registry lists. `ETag` is the SHA-256 of the " +
          "file: send it as `If-None-Match`, and an edition that you already have is answered 304. " +
          "`Ringfence-Edition` is the number of the edition.",
        response: { 200: csvFile },
      },
    },
    async (request, reply) => {
      const known = (sha256: string) => namesIt(request.headers["if-none-match"], sha256);
      return sendList(reply, await openBlockedList(requireContext(request), { known }));
    },
  );

  server.get(
    "/blocked-list/:edition/changes.csv",
    {
      config: { action: "blocked-list.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readBlockedListChanges",
        summary: "Download what an edition added and removed",
        description:
          "Kept for the last seven editions. If you missed more, download the whole list.",
        params: z.object({ edition: BlockedEditionNumber }),
        response: { 200: csvFile },
      },
    },
    async (request, reply) =>
      sendList(reply, await openBlockedList(requireContext(request), request.params)),
  );
};

const sendList = (reply: FastifyReply, { edition, sha256, content }: OpenBlockedList) => {
  void reply.header("etag", `"${sha256}"`).header("ringfence-edition", edition);
  if (content === null) return reply.code(304).send();
  return reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", 'attachment; filename="blocked-list.csv"')
    .send(Readable.from(content));
};

/** Compares entity tags as RFC 9110 does: ignores `W/`, and `*` matches any tag. */
function namesIt(header: string | undefined, sha256: string): boolean {
  const named = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return named.some((tag) => tag === "*" || tag === `"${sha256}"`);
}
