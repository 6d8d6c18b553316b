import "@ringfence/services/handlers";
import { randomUUID } from "node:crypto";
import type { Server } from "node:net";
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import { findClientAddress, type TrustedProxies } from "@ringfence/services/platform/network";
import { openAgi } from "./agi/open-agi.ts";
import type { AgiOptions } from "./agi/screen-environment.ts";
import { answerClientError } from "./answer-client-error.ts";
import { answerErrors } from "./answer-errors.ts";
import type { AuthenticateOptions } from "./authenticate.ts";
import { type BodyRooms, guardBodies, SMALL_BYTES } from "./guard-bodies.ts";
import { makeMetrics, type Metrics } from "./metrics.ts";
import { openApi } from "./openapi/openapi.ts";
import { parseJson } from "./parse-json.ts";
import { parseQuery } from "./parse-query.ts";
import { ProblemError } from "./problem.ts";
import { docsRoutes } from "./routes/platform/docs.ts";
import { inboundRoutes } from "./routes/do-not-call/inbound.ts";
import { keyRoutes } from "./routes/proof/keys.ts";
import { ledgerRoutes } from "./routes/proof/ledger.ts";
import { formRoutes } from "./routes/consents/forms.ts";
import { machineDoor } from "./routes/platform/machine-door.ts";
import { metricsRoutes } from "./routes/platform/metrics.ts";
import { type FindHindrance, operationRoutes } from "./routes/platform/operations.ts";
import { scriptRoutes } from "./routes/consents/script.ts";
import { validate } from "./validate.ts";

/** A caller that sends nothing for so long is gone. */
const SILENCE_MS = 60_000;
/** The longest upload; who sends too slowly is stopped long before. */
const REQUEST_MS = 4 * 3_600_000;

declare module "fastify" {
  interface FastifyInstance {
    /** Where FastAGI is spoken, if anywhere, once the server is ready. */
    agi: Server | null;
  }
  interface FastifyRequest {
    /** Address of the client, as trusted proxies report it. Use it instead of `ip`, which is the socket's address. */
    clientAddress: string;
  }
}

export type Options = AuthenticateOptions & {
  findHindrance: FindHindrance;
  /** Where people reach the pages, as an origin. */
  publicUrl: string;
  metricsToken?: string | undefined;
  /** Where FastAGI is spoken, if anywhere; port 0 takes one that is free. */
  agi?: { host: string; port: number };
  publicRateLimit?: number;
  /** Whose word about the caller's address counts: so many proxies, or those of these addresses. */
  trustProxy?: TrustedProxies;
  /** The most bytes of bodies in memory at once. */
  bodyRooms?: BodyRooms;
  /** Clock by which slow bodies are found, in milliseconds. */
  now?: () => number;
} & Pick<FastifyServerOptions, "logger">;

export async function buildServer({
  logger = false,
  trustProxy = 0,
  bodyRooms,
  now,
  ...options
}: Options) {
  const server = fastify({
    bodyLimit: SMALL_BYTES,
    clientErrorHandler: answerClientError,
    connectionTimeout: SILENCE_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    frameworkErrors: answerErrors(),
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_MS,
    routerOptions: { querystringParser: parseQuery },
    logController: new LogController({ disableRequestLogging: true }),
    logger,
    // What arrives on an open connection while we stop is still answered.
    return503OnClosing: false,
  });
  const metrics = makeMetrics(options.installation.db);

  // Not Fastify's own `trustProxy`, which takes any text that was forwarded for an address.
  server.decorateRequest("clientAddress", {
    getter() {
      return findClientAddress(
        this.socket.remoteAddress,
        this.headers["x-forwarded-for"],
        trustProxy,
      );
    },
  });
  speakJson(server);
  server.setErrorHandler(answerErrors());
  server.setNotFoundHandler(() => {
    throw new ProblemError("not-found", { key: "error.route-not-found" });
  });
  observe(server, metrics);
  guardBodies(server, { ...(bodyRooms && { rooms: bodyRooms }), ...(now && { now }) });

  await openApi(server);
  server.get("/openapi.json", () => server.swagger());
  await server.register(docsRoutes);
  await server.register(operationRoutes, options);
  await server.register(metricsRoutes, {
    metrics,
    token: options.metricsToken,
    isBehindProxy: trustProxy !== 0 || options.publicUrl.startsWith("https:"),
  });
  await server.register(keyRoutes, options.installation);
  await server.register(inboundRoutes, { prefix: "/v1/inbound", ...options });
  await server.register(ledgerRoutes, { prefix: "/ledger", db: options.installation.db });
  await server.register(scriptRoutes);
  await server.register(formRoutes, { prefix: "/v1", ...options });
  await server.register(machineDoor, { prefix: "/v1", metrics, ...options });
  server.decorate("agi", null);
  if (options.agi !== undefined) speakAgi(server, options.agi, { ...options, ...metrics });
  return server;
}

/** Together with HTTP, or not at all: a port that is taken stops the start. */
function speakAgi(
  server: FastifyInstance,
  where: { host: string; port: number },
  options: AgiOptions,
) {
  server.addHook("onReady", async () => {
    server.agi = await openAgi(where, server.log, options);
  });
  server.addHook("preClose", async () => void server.agi?.close());
}

/** Requests are checked against their zod schema; answers are typed by theirs, and sent as they are. */
function speakJson(server: FastifyInstance) {
  const parse = server.getDefaultJsonParser("error", "error");
  server.decorateRequest("bodyHash", null);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, parseJson(parse));
  server.setValidatorCompiler(validate);
  server.setSerializerCompiler(() => JSON.stringify);
}

/** What every answer carries, and what is counted of it. */
function observe(server: FastifyInstance, { durations }: Metrics) {
  server.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
    reply.header("cache-control", "no-store");
    done();
  });
  server.addHook("onResponse", ({ method, routeOptions }, reply, done) => {
    const route = routeOptions.url ?? "none";
    durations.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}
