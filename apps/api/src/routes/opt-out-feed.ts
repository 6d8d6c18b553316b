import { Readable } from "node:stream";
import { OptOutFeed, OptOutFeedTold } from "@ringfence/core/opt-out";
import { exportOptOuts, optOutFeed } from "@ringfence/services/opt-out";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { contextOf } from "../authenticate.ts";

const tags = ["Opt-outs"];

/** For dialers that keep a copy. */
export const optOutFeedRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/opt-outs",
    {
      config: { action: "opt-out.read" },
      schema: {
        tags,
        summary: "What changed after a cursor, in the order of commits",
        querystring: OptOutFeed,
        response: { 200: OptOutFeedTold },
      },
    },
    (request) => optOutFeed(contextOf(request), request.query),
  );

  server.get(
    "/opt-outs.csv",
    {
      config: { action: "opt-out.read" },
      schema: {
        tags,
        summary: "All refusals in force, for dialers that keep a copy",
        description: "`position` of the last row is a cursor from which the feed goes on.",
        produces: ["text/csv"],
      },
    },
    async (request, reply) => {
      const pages = await exportOptOuts(contextOf(request));
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="opt-outs.csv"')
        .send(Readable.from(pages));
    },
  );
};
