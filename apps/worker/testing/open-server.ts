import { createServer, type RequestListener, type Server } from "node:http";

/**
 * Starts a server on this machine, on a free or given port; returns its address and how to close
 * it.
 */
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
