import type { Message } from "@ringfence/core/platform/message";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { FastifyPluginAsync } from "fastify";
import { mayReadMetrics, readMetrics } from "@ringfence/services/platform/metrics";
import { ProblemError } from "../../problem.ts";
import { DATABASE_TIMEOUT_MS, within } from "../../within.ts";
import type { Metrics } from "../../metrics.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });
const ok = { status: "ok" } as const;

/**
 * Finds why the service cannot answer, although the database does; null if it can. It rejects if the database does not
 * answer: the error handler of the server then answers with status 503, as the route does for a fault.
 */
export type FindReadinessFault = () => Promise<Message | null>;

/** Routes for whoever starts and monitors the process, open to everybody. */
export const operationRoutes: FastifyPluginAsyncZod<{
  findReadinessFault: FindReadinessFault;
}> = async (server, { findReadinessFault }) => {
  const tags = ["Operations"];

  server.get(
    "/healthz",
    {
      schema: {
        tags,
        operationId: "isAlive",
        summary: "Check whether the process runs",
        response: { 200: Health },
      },
    },
    () => ok,
  );

  server.get(
    "/readyz",
    {
      schema: {
        tags,
        operationId: "isReady",
        summary: "Check whether the database is reachable and migrated",
        response: { 200: Health },
      },
    },
    async () => {
      const fault = await within(DATABASE_TIMEOUT_MS, findReadinessFault());
      if (fault !== null) throw new ProblemError("cannot-check", fault);
      return ok;
    },
  );
};

type Options = {
  metrics: Metrics;
  token: string | undefined;
  /** True if callers reach this installation through a proxy, by its settings. */
  isBehindProxy: boolean;
};

/** Metrics for Prometheus. Who may not read them gets "not found". */
export const metricsRoutes: FastifyPluginAsync<Options> = async (
  server,
  { metrics, ...access },
) => {
  server.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request.raw, access))
      throw new ProblemError("not-found", { key: "error.route-not-found" });
    const { contentType, text } = await readMetrics(metrics.registry, request.headers.accept);
    return reply.type(contentType).send(text);
  });
};
