import { type IncomingMessage, createServer } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { z } from "zod";

/** A server that accepts webhooks, and the time (`performance.now()`) at which the change of each number arrived. */
export type Receiver = { host: string; received: ReadonlyMap<string, number> };

const Change = z.object({ data: z.object({ phone: z.string() }) });

/** Receives webhooks while the work runs. */
export async function receiveWebhooks<T>(work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const received = new Map<string, number>();
  const noteChange = async (request: IncomingMessage, at: number) => {
    const { phone } = Change.parse(JSON.parse(await text(request))).data;
    if (!received.has(phone)) received.set(phone, at);
  };
  const server = createServer((request, response) => {
    const at = performance.now();
    void noteChange(request, at).then(() => response.writeHead(204).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  try {
    return await work({ host: `127.0.0.1:${address.port}`, received });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
