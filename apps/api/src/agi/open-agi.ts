import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { FastifyBaseLogger } from "fastify";
import { answerAgi } from "./answer-agi.ts";
import type { AgiOptions } from "./screen-environment.ts";

/** Far more channels than a PBX opens at once. */
const MAX_CONVERSATIONS = 1_000;
/** After this much silence the other side counts as gone. */
const SILENCE_MS = 5_000;

/** Listens for FastAGI conversations; port 0 takes a free one. */
export async function openAgi(
  { host, port }: { host: string; port: number },
  log: FastifyBaseLogger,
  options: AgiOptions,
): Promise<Server> {
  const server = createServer((socket) => {
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    // A channel that is gone is no error; the conversation notices it.
    socket.on("error", () => socket.destroy());
    void answerAgi(socket, log, options);
  });
  server.maxConnections = MAX_CONVERSATIONS;
  server.listen(port, host);
  await once(server, "listening");
  return server;
}
