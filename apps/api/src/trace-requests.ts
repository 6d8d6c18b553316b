import { type RequestSpan, startRequestSpan } from "@ringfence/services/platform/tracing";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyRequest {
    /** Span of the request; null if no traces are recorded. */
    span: RequestSpan | null;
  }
}

/** Opens a span for each request. Its name has the pattern of the route, because an address may contain a number. */
export function traceRequests(server: FastifyInstance) {
  server.addHook("onRequest", (request, reply, done) => {
    const { id, method, headers, routeOptions } = request;
    const route = routeOptions.url;
    const span = startRequestSpan({ id, method, route, traceparent: headers["traceparent"] });
    request.span = span;
    // `onResponse` would miss callers who hang up.
    reply.raw.once("close", () => span.end(reply.raw.statusCode));
    span.run(done);
  });
  // After a body was read, the active context is the connection's and not the request's.
  server.addHook("preValidation", ({ span }, _, done) => {
    if (span === null) done();
    else span.run(done);
  });
}
