import type { Socket } from "node:net";
import { say } from "@ringfence/core/message";
import { PROBLEM_TYPE, type Problem } from "./problem.ts";

/** What is no HTTP is answered before there is a request: in English, for no header was read. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket) {
  if (error.code === "ECONNRESET" || !socket.writable) return;

  const isTooLong = error.code === "HPE_HEADER_OVERFLOW";
  const status = isTooLong ? 431 : 400;
  const detail = say("en", { key: isTooLong ? "error.headers-too-large" : "error.request-broken" });
  const problem: Omit<Problem, "instance"> = {
    type: "urn:ringfence:problem:invalid-request",
    status,
    code: "invalid-request",
    detail,
    errors: [{ path: "", sentence: detail }],
  };
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${isTooLong ? "Request Header Fields Too Large" : "Bad Request"}`,
      "Connection: close",
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}
