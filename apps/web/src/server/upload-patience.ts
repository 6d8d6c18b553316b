import type { Server } from "node:http";

/** Two gigabytes over five megabits a second. Headers still have a minute. */
const PATIENCE_MS = 60 * 60_000;

/** Node gives up a request that has not arrived whole within five minutes: too soon for a large file. */
export function allowLongUploads(message: unknown) {
  if (ofServer(message)) message.server.requestTimeout = PATIENCE_MS;
}

const ofServer = (message: unknown): message is { server: Server } =>
  typeof message === "object" && message !== null && "server" in message;
