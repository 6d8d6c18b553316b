import { Readable } from "node:stream";
import { type Action, scopesFor } from "@ringfence/core/platform/access";
import type { RouteOptions } from "fastify";
import { z } from "zod";
import { Problem, type ProblemCode, problemStatus } from "../problem.ts";

/** Says when each problem is answered. */
const when: Record<ProblemCode, string> = {
  "invalid-request":
    "The request does not match its description. `errors` says where, and how to fix it.",
  "key-invalid":
    "The API key is missing, unknown, revoked or expired, or not allowed from this address; or it requires " +
    "signed requests, and the request is not signed by one of its public keys.",
  "signature-invalid":
    "The request is signed in a way that cannot be accepted (RFC 9421). `errors` says what is missing.",
  "scope-missing": "The API key lacks the scope.",
  "not-found": "Nothing with this id exists in your organization.",
  conflict: "The request conflicts with what is on record.",
  "idempotency-conflict": "The Idempotency-Key was already used for another request.",
  "idempotency-running": "The first request with this Idempotency-Key is still running.",
  "too-large": "The body, or the list in it, is too long.",
  "unsupported-media-type": "The media type of the body is not supported.",
  unprocessable: "The request is well-formed but cannot be carried out.",
  "rate-limited":
    "Too many requests. Retry-After says when to continue, RateLimit how many are left.",
  internal: "An internal error.",
  "cannot-check":
    "The database does not answer, or there is no room for another large body. Try again in a moment.",
};

declare module "fastify" {
  interface FastifyContextConfig {
    /** Problems of this route beyond those of all routes. */
    problems?: readonly ProblemCode[];
    /** Action of the route's verb. It only documents the scope: the verb checks whether the key may do it. */
    documentedAction?: Action;
  }
}

type Documented = { description: string; content: Record<string, { schema: z.ZodType }> };

/** Documents problems as answers of a route. */
export function problems(codes: readonly ProblemCode[], schema: z.ZodType = Problem) {
  const documented: Record<number, Documented> = {};
  for (const code of codes) {
    const status = problemStatus[code];
    const before = documented[status];
    const line = `\`${code}\`: ${when[code]}`;
    documented[status] = {
      description: before === undefined ? line : `${before.description}\n\n${line}`,
      content: { "application/problem+json": { schema } },
    };
  }
  return documented;
}

/** Adds to a route of the API what all of them share: the key and its problems. */
export function documentKeyedRoute(route: RouteOptions) {
  const { method, schema = {}, config } = route;
  const codes: ProblemCode[] = ["invalid-request", "key-invalid", "signature-invalid"];
  codes.push("scope-missing", "internal", ...(config?.problems ?? []));
  if (method === "POST") codes.push("too-large", "unsupported-media-type");
  if (schema.headers !== undefined) codes.push("idempotency-conflict", "idempotency-running");
  if (config?.isUnlimited !== true) codes.push("rate-limited");
  codes.push("cannot-check");

  const { response, description } = schema;
  const scopes = config?.documentedAction === undefined ? [] : scopesFor(config.documentedAction);
  route.schema = {
    ...schema,
    description: [description, ...scopes.map((scope) => `Scope: \`${scope}\``)]
      .filter((line) => line !== undefined)
      .join("\n\n"),
    security: [{ key: [] }],
    response: { ...problems(codes), ...(typeof response === "object" ? response : {}) },
  };
}

/** Adds to a route that needs no key the problems that all such routes share. */
export function documentPublic(route: RouteOptions) {
  const { schema = {}, config } = route;
  const codes: ProblemCode[] = ["invalid-request", "scope-missing", "internal"];
  codes.push(...(config?.problems ?? []), "rate-limited", "cannot-check");
  const { response } = schema;
  route.schema = {
    ...schema,
    response: { ...problems(codes), ...(typeof response === "object" ? response : {}) },
  };
}

/** A body that is a file, which request validation does not read. */
export const textBody = z.unknown().meta({ type: "string" });

/** Answer of a route that returns a file. */
export const csvFile = {
  description: "The file.",
  content: { "text/csv": { schema: z.instanceof(Readable).meta({ type: "string" }) } },
};

/** Answer of a route that returns a document. */
export const pdfFile = {
  description: "The file.",
  content: {
    "application/pdf": { schema: z.instanceof(Buffer).meta({ type: "string", format: "binary" }) },
  },
};
