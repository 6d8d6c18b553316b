import type { Db } from "@ringfence/db";
import type { Message } from "@ringfence/core/platform/message";
import {
  createMonitor,
  createProcessMetrics,
  createRequestDurations,
  readMetrics,
} from "@ringfence/services/platform/metrics";
import { startRequestSpan } from "@ringfence/services/platform/tracing";
import { built } from "../env";
import { createRouteFinder } from "./find-route";
import type { Layer } from "./incoming-requests";
import { log } from "./log";
import { closedHeaders } from "./response-headers";

type Options = {
  db: Pick<Db, "pool">;
  findReadinessFault: () => Promise<Message | null>;
  /** True if traces are recorded. */
  isTraced: boolean;
  token: string | undefined;
  isBehindProxy: boolean;
};

/** Creates two layers: one measures each request and traces it, the other answers whoever monitors the pages. */
export function createMonitorLayers({
  db,
  isTraced,
  ...options
}: Options): readonly [Layer, Layer] {
  const registry = createProcessMetrics(db);
  const durations = createRequestDurations(registry);
  const findRoute = createRouteFinder([...built().routes, "/healthz", "/readyz", "/metrics"]);

  const measure: Layer = (request, response, next) => {
    const startedAt = performance.now();
    const [path = ""] = (request.url ?? "").split("?");
    const route = path.startsWith("/_next/") ? "/_next" : (findRoute(path) ?? undefined);
    const { method = "", headers } = request;
    const { traceparent } = headers;
    const span = isTraced ? startRequestSpan({ method, route, traceparent }) : null;
    response.once("close", () => {
      const status = response.statusCode;
      span?.end(status);
      const labels = { method, route: route ?? "none", status };
      durations.observe(labels, (performance.now() - startedAt) / 1_000, span?.traceIds);
    });
    if (span === null) next();
    else span.run(next);
  };
  const answer = createMonitor({
    ...options,
    readMetrics: (accept) => readMetrics(registry, accept),
    report: (err) => log.error({ err }, "the metrics could not be read"),
    headers: closedHeaders("file"),
  });
  return [measure, answer];
}
