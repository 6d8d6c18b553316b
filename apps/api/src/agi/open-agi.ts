import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { FastifyBaseLogger } from "fastify";
import { answerAgi } from "./answer-agi.ts";
import type { AgiOptions } from "./screen-environment.ts";

/** More channels that begin at once than a PBX has. */
const MAX_CONVERSATIONS = 1_000;
/** A side that says nothing for so long is gone. */
const SILENCE_MS = 5_000;

/** Listens for conversations of FastAGI; port 0 takes one that is free. */
export async function openAgi(
  { host, port }: { host: string; port: number },
  log: FastifyBaseLogger,
  options: AgiOptions,
): Promise<Server> {
  const server = createServer((socket) => {
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    // A channel that is gone is nobody's fault; the conversation notices.
    socket.on("error", () => socket.destroy());
    void answerAgi(socket, log, options);
  });
  server.maxConnections = MAX_CONVERSATIONS;
  server.listen(port, host);
  await once(server, "listening");
  return server;
}
