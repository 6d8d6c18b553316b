import type { IncomingMessage } from "node:http";
import { findClientAddress, type TrustedProxies } from "@ringfence/services/platform/network";

const HEADER = "x-forwarded-for";

/**
 * Leaves in a request the one address that may be believed. Next passes on whatever
 * `X-Forwarded-For` a caller has made up, and shows the socket to nobody.
 */
export function trustAddress(message: unknown, trusted: TrustedProxies) {
  if (!startsRequest(message)) return;
  const { headers, socket } = message.request;
  headers[HEADER] = findClientAddress(socket.remoteAddress, headers[HEADER], trusted);
}

const startsRequest = (message: unknown): message is { request: IncomingMessage } =>
  typeof message === "object" && message !== null && "request" in message;
