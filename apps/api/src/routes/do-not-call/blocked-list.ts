import { Readable } from "node:stream";
import { BlockedEditionNumber } from "@ringfence/core/do-not-call/blocked-list";
import {
  type OpenBlockedList,
  openBlockedList,
} from "@ringfence/services/do-not-call/blocked-list";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { contextOf } from "../../authenticate.ts";
import { csvFile } from "../../openapi/text-file.ts";

const tags = ["Opt-outs"];

/** For systems that keep a copy of all that is blocked, and fetch it when there is another. */
export const blockedListRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/blocked-list.csv",
    {
      config: { action: "blocked-list.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readBlockedList",
        summary: "All numbers that are blocked, as last written",
        description:
          "Refusals, what is suppressed, and numbers of yours that a registry lists. `ETag` is the " +
          "SHA-256 of the file: send it as `If-None-Match`, and an edition that you have is 304. " +
          "`Ringfence-Edition` counts the editions.",
        response: { 200: csvFile },
      },
    },
    async (request, reply) => {
      const known = (sha256: string) => namesIt(request.headers["if-none-match"], sha256);
      return sendList(reply, await openBlockedList(contextOf(request), { known }));
    },
  );

  server.get(
    "/blocked-list/:edition/changes.csv",
    {
      config: { action: "blocked-list.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readBlockedListChanges",
        summary: "What an edition added and removed",
        description: "Kept of the last seven editions: whoever has missed more fetches the whole.",
        params: z.object({ edition: BlockedEditionNumber }),
        response: { 200: csvFile },
      },
    },
    async (request, reply) =>
      sendList(reply, await openBlockedList(contextOf(request), request.params)),
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

/** As RFC 9110 compares: `W/` counts for nothing, and `*` is any. */
function namesIt(header: string | undefined, sha256: string): boolean {
  const named = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return named.some((tag) => tag === "*" || tag === `"${sha256}"`);
}
