import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Message, say } from "@ringfence/core/platform/message";
import { PROBLEM_TYPE, type Problem } from "./problem.ts";

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
