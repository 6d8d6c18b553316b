import { timingSafeEqual } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { ProblemError } from "../../problem.ts";
import { PATIENCE_MS } from "../../authenticate.ts";
import { within } from "../../within.ts";
import type { Metrics } from "../../metrics.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });
const ok = { status: "ok" } as const;

/**
 * Finds what keeps the service from answering; null if nothing does. Rejects when the database is
 * away.
 */
export type FindReadinessFault = () => Promise<Message | null>;

/** Routes for whoever starts and monitors the process. */
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
      const fault = await within(PATIENCE_MS, findReadinessFault());
      if (fault !== null) throw new ProblemError("cannot-check", fault);
      return ok;
    },
  );
};

type Options = {
  metrics: Metrics;
  token: string | undefined;
  /** True if callers reach this installation through a proxy. */
  isBehindProxy: boolean;
};

/**
 * Metrics for Prometheus, hidden from everybody else. With a token configured, callers must send
 * it; without one, they must be on this host and not come through a proxy. Everybody else gets "not
 * found". Behind a proxy the token is required, because a proxy on this host can forward a request
 * that looks local: the caller chooses `Host`, and many proxies add no header.
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
 * True if the request comes from this host, names it, and carries no header of a proxy. A proxy that adds no
 * headers usually passes on a public name. nginx by default names this host, but with HTTP/1.0; Prometheus
 * uses HTTP/1.1.
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
