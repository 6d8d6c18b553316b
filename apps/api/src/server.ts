import "@ringfence/services/handlers";
import { randomUUID } from "node:crypto";
import type { Server } from "node:net";
import { parse } from "node:querystring";
import helmet, { type FastifyHelmetOptions } from "@fastify/helmet";
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import { TLS_ONLY_SECONDS } from "@ringfence/core/platform/settings";
import type { HeavyLimitsReader } from "@ringfence/services/account/organization";
import { type TrustedProxies, findClientAddress } from "@ringfence/services/platform/network";
import { openAgi } from "./agi/agi-server.ts";
import type { AgiOptions } from "./agi/screen-environment.ts";
import { answerClientError, answerErrors } from "./answer-errors.ts";
import type { AuthenticateOptions } from "./authenticate.ts";
import type { SlotLimits } from "./fair-slots.ts";
import { type BodyRooms, SMALL_BYTES, guardBodies } from "./guard-bodies.ts";
import { type Metrics, createMetrics } from "./metrics.ts";
import { openApi } from "./openapi/openapi.ts";
import { parseJson } from "./parse-json.ts";
import { traceRequests } from "./trace-requests.ts";
import { ProblemError, validate } from "./problem.ts";
import { docsRoutes } from "./routes/platform/docs.ts";
import { inboundRoutes } from "./routes/do-not-call/inbound.ts";
import { keyRoutes, ledgerRoutes } from "./routes/proof/ledger.ts";
import { formRoutes, scriptRoutes } from "./routes/consents/forms.ts";
import { keyedRoutes } from "./keyed-routes.ts";
import {
  type FindReadinessFault,
  metricsRoutes,
  operationRoutes,
} from "./routes/platform/operations.ts";

/** After this much silence a caller counts as gone. */
const SILENCE_MS = 60_000;
/** Time for the longest upload; a sender that is too slow is stopped long before. */
const REQUEST_MS = 4 * 3_600_000;

declare module "fastify" {
  interface FastifyInstance {
    /** The FastAGI server once the API is ready; null if FastAGI is off. */
    agi: Server | null;
  }
  interface FastifyRequest {
    /**
     * Client address, as trusted proxies report it. Use it instead of `ip`, which is the socket's
     * address.
     */
    clientAddress: string;
  }
}

export type Options = AuthenticateOptions & {
  findReadinessFault: FindReadinessFault;
  /** Origin of the public pages. */
  publicUrl: string;
  metricsToken?: string | undefined;
  /** Address of the FastAGI server; off if missing. Port 0 takes a free port. */
  agi?: { host: string; port: number };
  publicRateLimit?: number;
  /** Proxies trusted to report the caller's address: a number of hops, or their addresses. */
  trustProxy?: TrustedProxies;
  /** The most bytes of bodies in memory at once; the limits of `guard-bodies.ts` if missing. */
  bodyRooms?: BodyRooms;
  /** Heavy requests at once; the limits of `limit-heavy.ts` if missing. */
  heavyLimits?: SlotLimits;
  /** Reads the limits that the operator has set for single organizations; none if missing. */
  readHeavyLimits?: HeavyLimitsReader;
  /** Clock that measures slow bodies, in milliseconds. */
  now?: () => number;
  /** True if traces are recorded. */
  isTraced?: boolean;
} & Pick<FastifyServerOptions, "logger">;

/** Builds the API with all its routes. It listens only once the caller has called `listen`. */
export async function buildServer({
  logger = false,
  trustProxy = 0,
  bodyRooms,
  now,
  isTraced = false,
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
    // Still answer what arrives on open connections while stopping.
    return503OnClosing: false,
  });
  const metrics = createMetrics(options.installation.db);

  // Fastify's own `trustProxy` takes any forwarded text for an address.
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
  server.decorateRequest("span", null);
  if (isTraced) traceRequests(server);
  observe(server, metrics);
  await server.register(helmet, securityHeaders(options.publicUrl));
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
  await server.register(keyedRoutes, { prefix: "/v1", metrics, ...options });
  server.decorate("agi", null);
  if (options.agi !== undefined) speakAgi(server, options.agi, { ...options, ...metrics });
  return server;
}

/**
 * Parses the query of an address by name. An empty value such as `at=` counts as missing. A name that is given
 * twice has an array of its values.
 */
export const parseQuery = (text: string) =>
  Object.fromEntries(Object.entries(parse(text)).filter(([, value]) => value !== ""));

/** Has FastAGI start and stop together with HTTP. If its port is taken, the API does not start. */
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

/** Validates requests against their zod schemas. Answers are typed by theirs and sent unchecked. */
function speakJson(server: FastifyInstance) {
  const parse = server.getDefaultJsonParser("error", "error");
  server.decorateRequest("bodyHash", null);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, parseJson(parse));
  server.setValidatorCompiler(validate);
  server.setSerializerCompiler(() => JSON.stringify);
}

/**
 * Headers that forbid a browser to run or load anything because of an answer, to frame it, and to let other sites
 * read it. `docs.ts` allows its page what it needs, and `forms.ts` lets other sites load the script of forms.
 */
const securityHeaders = (publicUrl: string): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  strictTransportSecurity: publicUrl.startsWith("https:") && {
    maxAge: TLS_ONLY_SECONDS,
    includeSubDomains: false, // a proxy may serve subdomains without TLS
  },
  xFrameOptions: { action: "deny" },
  // For browsers that no longer exist.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** Sets the headers of every answer that are not about security, and measures it. */
function observe(server: FastifyInstance, { durations }: Metrics) {
  server.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    reply.header("cache-control", "no-store");
    done();
  });
  server.addHook("onResponse", ({ method, routeOptions, span }, reply, done) => {
    const labels = { method, route: routeOptions.url ?? "none", status: reply.statusCode };
    durations.observe(labels, reply.elapsedTime / 1000, span?.traceIds);
    done();
  });
}
