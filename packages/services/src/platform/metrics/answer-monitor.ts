import type { IncomingMessage, ServerResponse } from "node:http";
import { type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import type { MetricsPage } from "./read-metrics.ts";
import { mayReadMetrics, type MetricsAccess } from "./may-read-metrics.ts";

/** Time that the database gets to answer a check. */
const DATABASE_TIMEOUT_MS = 1_000;

type Options = MetricsAccess & {
  /** Finds why the program cannot work, although its database answers; null if it can. Rejects if it does not answer. */
  findReadinessFault: () => Promise<Message | null>;
  /** Reads the metrics in the format that the scraper accepts (`readMetrics`). */
  readMetrics: (accept: string | undefined) => Promise<MetricsPage>;
  /** Logs why the metrics could not be read. */
  report: (error: unknown) => void;
  /** Headers of every answer. */
  headers?: Readonly<Record<string, string>>;
};

/**
 * Creates a handler that answers whoever monitors a program, as the API does: `/healthz` if the process runs, `/readyz`
 * if its database answers and may be served, and `/metrics`. Any other request is passed to `next`.
 */
export function createMonitor({
  findReadinessFault,
  readMetrics,
  report,
  headers = { "cache-control": "no-store" },
  ...access
}: Options) {
  const reply = (response: ServerResponse, status: number, body: object) => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(status, { ...headers, "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };

  async function answerReadiness(request: IncomingMessage, response: ServerResponse) {
    const fault = await withTimeout(findReadinessFault());
    if (fault === null) return reply(response, 200, OK);
    const locale = preferredLocale(request.headers["accept-language"]);
    reply(response, 503, { status: "cannot-check", detail: say(locale, fault) });
  }

  async function answerMetrics(request: IncomingMessage, response: ServerResponse) {
    const { contentType, text } = await readMetrics(request.headers.accept);
    response.writeHead(200, { ...headers, "content-type": contentType }).end(text);
  }

  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const path = request.method === "GET" ? request.url : undefined;
    if (path === "/healthz") return reply(response, 200, OK);
    if (path === "/readyz") return void answerReadiness(request, response);
    if (path !== "/metrics") return next();
    if (!mayReadMetrics(request, access)) return reply(response, 404, { status: "not-found" });
    answerMetrics(request, response).catch((error: unknown) => {
      report(error);
      reply(response, 503, { status: "cannot-check" });
    });
  };
}

const OK = { status: "ok" } as const;

/** Resolves to the fault that was found, or to that of a database which is away or slow. */
const withTimeout = (finding: Promise<Message | null>) =>
  new Promise<Message | null>((resolve) => {
    const away = { key: "error.database-away" } as const;
    const timer = setTimeout(() => resolve(away), DATABASE_TIMEOUT_MS);
    void finding
      .catch(() => away)
      .then(resolve)
      .finally(() => clearTimeout(timer));
  });
