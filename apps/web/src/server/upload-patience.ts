import type { Server } from "node:http";

/** Enough for two gigabytes at five megabits per second. Headers still have a minute. */
const PATIENCE_MS = 60 * 60_000;

/** Raises Node's limit of five minutes for a whole request, which is too short for large files. */
export function allowLongUploads(message: unknown) {
  if (ofServer(message)) message.server.requestTimeout = PATIENCE_MS;
}

const ofServer = (message: unknown): message is { server: Server } =>
  typeof message === "object" && message !== null && "server" in message;
