import { Readable } from "node:stream";
import {
  BlockedEditionNumber,
  CHANGES_KEPT,
  type OpenBlockedList,
} from "@ringfence/core/do-not-call/blocked-list";
import {
  type OpenedBlockedList,
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
      config: { documentedAction: "blocked-list.read", problems: ["not-found"] },
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
      const known = parseEntityTags(request.headers["if-none-match"] ?? "");
      return sendList(reply, await openBlockedList(requireContext(request), { known }));
    },
  );

  server.get(
    "/blocked-list/:edition/changes.csv",
    {
      config: { documentedAction: "blocked-list.read", problems: ["not-found"] },
      schema: {
        tags,
        operationId: "readBlockedListChanges",
        summary: "Download what an edition added and removed",
        description: `Kept for the last ${CHANGES_KEPT} editions. If you missed more, download the whole list.`,
        params: z.object({ edition: BlockedEditionNumber }),
        response: { 200: csvFile },
      },
    },
    async (request, reply) =>
      sendList(reply, await openBlockedList(requireContext(request), request.params)),
  );
};

/** Sends a file of the list. `content` is null if the caller has this edition already. */
const sendList = (reply: FastifyReply, { edition, sha256, content }: OpenedBlockedList) => {
  void reply.header("etag", `"${sha256}"`).header("ringfence-edition", edition);
  if (content === null) return reply.code(304).send();
  return reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", 'attachment; filename="blocked-list.csv"')
    .send(Readable.from(content));
};

/** Reads the entity tags of a request. As RFC 9110 has it, `W/` is ignored, and `*` matches any tag. */
function parseEntityTags(header: string): OpenBlockedList["known"] {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") ? "*" : tags.flatMap((tag) => /^"(.*)"$/.exec(tag)?.[1] ?? []);
}
