import { type Action, scopesFor } from "@ringfence/core/platform/access";
import type { RouteOptions } from "fastify";
import type { z } from "zod";
import { Problem, type ProblemCode, problemStatus } from "../problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Those that a route has beside the problems of all routes. */
    problems?: readonly ProblemCode[];
    /** What it does: its verb asks whether the key may. */
    action?: Action;
  }
}

/** When each problem is answered. */
const when: Record<ProblemCode, string> = {
  "invalid-request": "The request is not as described: `errors` says where, and how to mend it.",
  "key-invalid": "There is no such key, or no longer.",
  "scope-missing": "The key lacks the scope.",
  "not-found": "There is nothing of this id, or it is another organization's.",
  conflict: "What is on record stands against it.",
  "idempotency-conflict": "The Idempotency-Key already stands for another request.",
  "idempotency-running": "The first request with this Idempotency-Key still runs.",
  "too-large": "The body, or the list in it, is too long.",
  "unsupported-media-type": "The body is of another type.",
  unprocessable: "It cannot be done as it is asked.",
  "rate-limited": "Too many requests: Retry-After says when to go on, RateLimit how many are left.",
  internal: "A fault of ours.",
  "cannot-check":
    "The database does not answer, or there is no room for another large body: try again in a moment.",
};

type Documented = { description: string; content: Record<string, { schema: z.ZodType }> };

/** Problems as a route's schema documents answers. */
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

/** Adds to a route of the machine door what is so of all of them: its key, and its problems. */
export function documentDoor(route: RouteOptions) {
  const { method, schema = {}, config } = route;
  const codes: ProblemCode[] = ["invalid-request", "key-invalid", "scope-missing", "internal"];
  codes.push(...(config?.problems ?? []));
  if (method === "POST") codes.push("too-large", "unsupported-media-type");
  if (schema.headers !== undefined) codes.push("idempotency-conflict", "idempotency-running");
  if (config?.isUnlimited !== true) codes.push("rate-limited");
  codes.push("cannot-check");

  const { response, description } = schema;
  const scopes = config?.action === undefined ? [] : scopesFor(config.action);
  route.schema = {
    ...schema,
    description: [description, ...scopes.map((scope) => `Scope: \`${scope}\``)]
      .filter((line) => line !== undefined)
      .join("\n\n"),
    security: [{ key: [] }],
    response: { ...problems(codes), ...(typeof response === "object" ? response : {}) },
  };
}

/** The same for routes that need no key. */
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
