import { once } from "node:events";
import { type IncomingMessage, createServer } from "node:http";
import { json } from "node:stream/consumers";
import { field, readId } from "../../consistency/read-response.ts";

/** Starts a receiver of webhooks on this machine, which gathers the IDs of the opt-outs that reach it. */
export async function startReceiver() {
  const ids = new Set<string>();
  const server = createServer((request, response) => {
    void receive(request).then((id) => {
      ids.add(id);
      return response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/hook`, ids, stop: () => server.close() };
}

const receive = async (request: IncomingMessage) => readId(field(await json(request), "data"));
