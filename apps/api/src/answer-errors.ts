import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import { ServiceError, type ServiceErrorCode } from "@ringfence/services/errors";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import {
  PROBLEM_TYPE,
  type Problem,
  type ProblemCode,
  ProblemError,
  keyInvalid,
  problemStatus,
  signatureInvalid,
  tooLarge,
} from "./problem.ts";
import { TookTooLong } from "./within.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Media types that the route accepts; JSON by default. */
    mediaTypes?: readonly string[];
  }
}

export const requestLocale = ({ headers }: FastifyRequest) =>
  preferredLocale(headers["accept-language"]);

/** Builds fields that are added to a problem of status 500 or above. */
type BuildExtraFields = (formatMessage: (message: Message) => string) => object;

/**
 * Creates an error handler, which turns a thrown error into a problem. Details of a bug go only to our log; the
 * caller gets the problem `bug`.
 */
export const answerErrors =
  ({ bug = "internal", extraFields }: { bug?: ProblemCode; extraFields?: BuildExtraFields } = {}) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error, request) ?? bugProblem(bug);
    const status = problemStatus[problem.code];
    const { log, routeOptions } = request;
    const details = { code: problem.code, route: routeOptions.url };
    // Log the error under its own key: otherwise pino copies its message, which may contain values.
    if (status >= 500 && error !== problem) log.error({ err: error, ...details }, "not answered");
    else log.info(details, "refused");

    const formatMessage = (message: Message) => say(requestLocale(request), message);
    const more = status >= 500 ? extraFields?.(formatMessage) : undefined;
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
  "signature-invalid": "signature-invalid",
  "proof-needed": "scope-missing", // only members prove who they are
  "limit-reached": "rate-limited",
} as const satisfies Record<ServiceErrorCode, ProblemCode>;

/** Tells callers of an organization that has reached a limit after how many seconds it may go on. */
const createRetryHeaders = (explanation: Message, now: number) =>
  explanation.key === "error.daily-rows"
    ? { "retry-after": String(Math.ceil((explanation.values.until.getTime() - now) / 1_000)) }
    : undefined;

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
    if (code === "signature-invalid") return signatureInvalid(faults ?? []);
    const headers = createRetryHeaders(explanation, Date.now());
    return new ProblemError(serviceCode[code], explanation, { faults, headers });
  }
  if (isAway(error)) {
    const headers = { "retry-after": "1" };
    return new ProblemError("cannot-check", { key: "error.database-away" }, { headers });
  }
  return frameworkProblem(error, request);
}

/** Problem for an error with a status below 500, as Fastify raises them before a handler runs; null for any other. */
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

/**
 * Codes of sockets, PostgreSQL (classes 08, 53 and 57P) and Prisma which mean that no answer will
 * come.
 */
const AWAY_CODE =
  /^(E(CONN|HOSTUNREACH|NETUNREACH|NOTFOUND|PIPE|TIMEDOUT|AI_AGAIN)|08|53|57P|P1001|P1002|P1008|P1017|P2024|P2028)/;

/** Messages of node-postgres, which has no codes for connections that broke or did not come, nor for queries. */
const AWAY_MESSAGE = /^(Connection terminated|timeout (exceeded|expired)|Query read timeout)/;

/** True if an error means that the database does not answer, so that a retry may succeed. */
function isAway(error: Error): boolean {
  if (error instanceof TookTooLong) return true;
  if ("code" in error && AWAY_CODE.test(String(error.code))) return true;
  if (error instanceof AggregateError)
    return error.errors.some((one) => one instanceof Error && isAway(one));
  return AWAY_MESSAGE.test(error.message);
}

/**
 * Answers bytes that are not HTTP. There is no request yet, so the answer is in English: no
 * language header was read.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket) {
  if (error.code === "ECONNRESET" || !socket.writable) return;

  const isTooLong = error.code === "HPE_HEADER_OVERFLOW";
  const key = isTooLong ? "error.headers-too-large" : "error.request-broken";
  socket.end(brokenRequest(isTooLong ? tooLongHeaders : badRequest, { key }));
}

/** Ends a request whose body arrives too slowly, and says so unless it has an answer already. */
export function endSlowBody(request: IncomingMessage, { headersSent }: ServerResponse) {
  const { socket } = request;
  if (!headersSent && socket.writable) {
    socket.end(brokenRequest(badRequest, { key: "error.body-slow" }));
  }
  request.destroy();
}

const badRequest = { status: 400, name: "Bad Request" };
const tooLongHeaders = { status: 431, name: "Request Header Fields Too Large" };

function brokenRequest({ status, name }: typeof badRequest, message: Message): string {
  const detail = say("en", message);
  const problem: Omit<Problem, "instance"> = {
    type: "urn:ringfence:problem:invalid-request",
    status,
    code: "invalid-request",
    detail,
    errors: [{ path: "", sentence: detail }],
  };
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${status} ${name}`,
    "Connection: close",
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}
