import { createServer, type RequestListener, type Server } from "node:http";

/** A server on this machine that listens, at a port of its choice or a given one; where, and how it ends. */
export async function openServer(answer: RequestListener | Server, port = 0) {
  const server = typeof answer === "function" ? createServer(answer) : answer;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { host, close };
}
