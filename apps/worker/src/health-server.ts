import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mayReadMetrics } from "@ringfence/services/platform/metrics";
import { log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

/** Time that the database gets to answer a check. */
const DATABASE_TIMEOUT_MS = 1_000;

type Options = {
  /** Rejects if the database is away; false if it is of another version, or has lost opt-outs. */
  isReady: () => Promise<boolean>;
  metrics: Metrics;
  host: string;
  port: number;
  token: string | undefined;
  isBehindProxy: boolean;
};

/**
 * Answers whoever monitors this worker, as the API does: `/healthz` if the process runs, `/readyz` if its database
 * answers, is of this version and has all opt-outs of its copy, and `/metrics`. Everything else is 404.
 */
export async function startHealthServer({ isReady, metrics, host, port, ...access }: Options) {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.method === "GET" ? request.url : undefined;
    if (path === "/healthz") return reply(response, 200);
    if (path === "/readyz") return reply(response, (await answersInTime(isReady)) ? 200 : 503);
    if (path !== "/metrics" || !mayReadMetrics(request, access)) return reply(response, 404);
    const text = await metrics.read();
    response.writeHead(200, { "content-type": metrics.contentType }).end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((err: unknown) => {
      log.error({ err }, "a check of this worker failed");
      reply(response, 503);
    });
  });
  server.listen({ host, port });
  await once(server, "listening");
  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const STATUS = { 200: "ok", 404: "not-found", 503: "cannot-check" } as const;

function reply(response: ServerResponse, code: keyof typeof STATUS) {
  if (response.headersSent) return void response.destroy();
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify({ status: STATUS[code] }));
}

/** False if the database is away or slow, or may not be served. */
const answersInTime = (isReady: Options["isReady"]) =>
  new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), DATABASE_TIMEOUT_MS);
    void isReady()
      .catch(() => false)
      .then(resolve)
      .finally(() => clearTimeout(timer));
  });
