import { timingSafeEqual } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
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

/**
 * Metrics for Prometheus. With a token configured, callers must send it (`Authorization: Bearer …`). Without one, they
 * must be on this host, and nobody gets metrics if the installation is behind a proxy: a proxy on this host can forward
 * a request that looks local, because the caller chooses `Host`, and many proxies add no header. Everybody else gets "not
 * found".
 */
export const metricsRoutes: FastifyPluginAsync<Options> = async (
  server,
  { metrics, token, isBehindProxy },
) => {
  server.get("/metrics", async (request, reply) => {
    const isOpen =
      token === undefined ? !isBehindProxy && isLocal(request) : hasToken(request, token);
    if (!isOpen) throw new ProblemError("not-found", { key: "error.route-not-found" });
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
};

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Headers that proxies add to a request. */
const PROXY_HEADERS =
  /^(forwarded|via|x-forwarded\b.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-envoy-.*|true-client-ip|cf-.*|cdn-loop|fastly-.*)$/;
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * True if the request comes from this host, names it, and shows no sign of a proxy: no header of one, and not HTTP/1.0.
 * nginx by default adds no header and names this host, but it speaks HTTP/1.0, which Prometheus does not.
 */
const isLocal = ({ raw, headers }: FastifyRequest) =>
  raw.httpVersion !== "1.0" &&
  LOOPBACK.test(raw.socket.remoteAddress ?? "") &&
  LOCAL_HOST.test(headers.host ?? "") &&
  !Object.keys(headers).some((name) => PROXY_HEADERS.test(name));

function hasToken({ headers }: FastifyRequest, token: string) {
  const [sent, expected] = [
    Buffer.from(headers.authorization ?? ""),
    Buffer.from(`Bearer ${token}`),
  ];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
