import type { IncomingMessage } from "node:http";
import { findClientAddress, type TrustedProxies } from "@ringfence/services/platform/network";

const HEADER = "x-forwarded-for";

/**
 * Replaces `X-Forwarded-For` with the one address that can be trusted. Next passes on whatever a caller
 * has made up, and gives no access to the socket.
 */
export function trustAddress(message: unknown, trusted: TrustedProxies) {
  if (!startsRequest(message)) return;
  const { headers, socket } = message.request;
  headers[HEADER] = findClientAddress(socket.remoteAddress, headers[HEADER], trusted);
}

const startsRequest = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === "object" && message !== null && "request" in message;
