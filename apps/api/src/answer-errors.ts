import { type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import { ServiceError, type ServiceErrorCode } from "@ringfence/services/errors";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { tooLarge } from "./guard-bodies.ts";
import { isAway } from "./is-away.ts";
import {
  PROBLEM_TYPE,
  type Problem,
  keyInvalid,
  type ProblemCode,
  ProblemError,
  problemStatus,
} from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Media types that the route accepts; JSON by default. */
    mediaTypes?: readonly string[];
  }
}

export const requestLocale = ({ headers }: FastifyRequest) =>
  preferredLocale(headers["accept-language"]);

/** Builds the fields added to a problem that is not the caller's fault. */
export type Beside = (inWords: (message: Message) => string) => object;

/** Turns a thrown error into an answer. Details of a bug go only to our log. */
export const answerErrors =
  ({ bug = "internal", beside }: { bug?: ProblemCode; beside?: Beside } = {}) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error, request) ?? bugProblem(bug);
    const status = problemStatus[problem.code];
    const { log, routeOptions } = request;
    const told = { code: problem.code, route: routeOptions.url };
    // Log the error under its own key: otherwise pino copies its message, which may contain values.
    if (status >= 500 && error !== problem) log.error({ err: error, ...told }, "not answered");
    else log.info(told, "refused");

    const inWords = (message: Message) => say(requestLocale(request), message);
    const more = status >= 500 ? beside?.(inWords) : undefined;
    void reply
      .code(status)
      .type(PROBLEM_TYPE)
      .headers(problem.headers)
      .send(JSON.stringify({ ...problemBody(problem, request), ...more }));
  };

/** The body of a problem, in the language of the request. */
export function problemBody(
  { code, explanation, faults }: ProblemError,
  request: FastifyRequest,
): Problem {
  const locale = requestLocale(request);
  return {
    type: `urn:ringfence:problem:${code}`,
    status: problemStatus[code],
    code,
    detail: say(locale, explanation),
    ...(faults && {
      errors: faults.map(({ path, message }) => ({ path, sentence: say(locale, message) })),
    }),
    instance: `urn:uuid:${request.id}`,
  };
}

const bugProblem = (code: ProblemCode) =>
  new ProblemError(code, { key: code === "cannot-check" ? "refusal.cannot-check" : "error.bug" });

const serviceCode = {
  "not-found": "not-found",
  forbidden: "scope-missing",
  conflict: "conflict",
  "invalid-field": "invalid-request",
  invalid: "unprocessable",
  "key-invalid": "key-invalid",
} as const satisfies Record<ServiceErrorCode, ProblemCode>;

/** Turns an error into a problem; null for a bug. */
export function toProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (error instanceof ServiceError) {
    const { code, explanation, path } = error;
    if (code === "key-invalid") return keyInvalid();
    const faults = path === null ? undefined : [{ path, message: explanation }];
    return new ProblemError(serviceCode[code], explanation, { faults });
  }
  if (isAway(error)) {
    const headers = { "retry-after": "1" };
    return new ProblemError("cannot-check", { key: "error.database-away" }, { headers });
  }
  return frameworkProblem(error, request);
}

/** Problem for an error that Fastify raises before a handler runs. */
function frameworkProblem(error: FastifyError | Error, { routeOptions }: FastifyRequest) {
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status >= 500) return null;
  if (status === 413) return tooLarge(routeOptions.bodyLimit);
  if (status === 415) {
    const { mediaTypes = ["application/json"] } = routeOptions.config;
    const types = mediaTypes.join(", ");
    return new ProblemError("unsupported-media-type", {
      key: "error.media-type",
      values: { types },
    });
  }
  const message = { key: "error.request-broken" } as const;
  return new ProblemError("invalid-request", message, { faults: [{ path: "", message }] });
}
