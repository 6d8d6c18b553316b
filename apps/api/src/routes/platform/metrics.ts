import { timingSafeEqual } from "node:crypto";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Metrics } from "../../metrics.ts";
import { ProblemError } from "../../problem.ts";

type Options = {
  metrics: Metrics;
  token: string | undefined;
  /** True if people reach this house through a proxy. */
  isBehindProxy: boolean;
};

/**
 * For Prometheus, and not for the world: with a token, whoever sends it; without, whoever asks on
 * this host and not through a proxy. To all others there is nothing here. Behind a proxy it takes the token,
 * for a proxy on this host may pass a request on that looks like one of this host: `Host` is what the caller
 * says, and many proxies add no header.
 */
export const metricsRoutes: FastifyPluginAsync<Options> = async (
  server,
  { metrics, token, isBehindProxy },
) => {
  server.get("/metrics", async (request, reply) => {
    const isOpen = token === undefined ? !isBehindProxy && isLocal(request) : sends(request, token);
    if (!isOpen) throw new ProblemError("not-found", { key: "error.route-not-found" });
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
};

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Headers that proxies add to a request. */
const OF_PROXIES =
  /^(forwarded|via|x-forwarded\b.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-envoy-.*|true-client-ip|cf-.*|cdn-loop|fastly-.*)$/;
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * A proxy that adds nothing keeps, or is asked for, another name than this host's own. Prometheus speaks
 * HTTP/1.1; nginx, as it comes, asks with HTTP/1.0 and the name of this host.
 */
const isLocal = ({ raw, headers }: FastifyRequest) =>
  raw.httpVersion !== "1.0" &&
  LOOPBACK.test(raw.socket.remoteAddress ?? "") &&
  LOCAL_HOST.test(headers.host ?? "") &&
  !Object.keys(headers).some((name) => OF_PROXIES.test(name));

function sends({ headers }: FastifyRequest, token: string) {
  const [sent, expected] = [
    Buffer.from(headers.authorization ?? ""),
    Buffer.from(`Bearer ${token}`),
  ];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
