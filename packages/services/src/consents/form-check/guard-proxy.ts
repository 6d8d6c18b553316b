import {
  createServer,
  type IncomingMessage,
  request as requestPlain,
  type ServerResponse,
} from "node:http";
import { connect, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { isPrivateAddress, PrivateHost, publicLookup } from "../../platform/network/index.ts";

export type GuardProxy = {
  /** The address that a browser is given as its proxy. */
  server: string;
  /** Hosts that were asked for and lie inside a private network. */
  refused: ReadonlySet<string>;
  close: () => Promise<void>;
};

type Guard = { privateHosts: readonly string[]; refused: Set<string> };

/**
 * A proxy on this machine through which a browser asks for all it asks for: what a page names or
 * redirects to cannot lead into a private network. The address that is checked is the one that is
 * connected to, so that no second answer of a name server can differ.
 */
export async function startGuardProxy(privateHosts: readonly string[]): Promise<GuardProxy> {
  const guard: Guard = { privateHosts, refused: new Set() };
  const server = createServer((request, response) => forward(request, response, guard));
  server.on("connect", (request, socket) => tunnel(request, socket, guard));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    server: `http://127.0.0.1:${port}`,
    refused: guard.refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** How the address of a host is found; null where the host may not be asked. */
function lookupFor(url: URL, { privateHosts, refused }: Guard): { lookup?: LookupFunction } | null {
  if ([url.host, url.hostname].some((name) => privateHosts.includes(name))) return {};
  if (!isPrivateAddress(url.hostname)) return { lookup: publicLookup };
  refused.add(url.host);
  return null;
}

const noteRefusal = (error: Error, { host }: URL, { refused }: Guard) => {
  if (error instanceof PrivateHost) refused.add(host);
};

function forward(request: IncomingMessage, response: ServerResponse, guard: Guard) {
  const url = URL.parse(request.url ?? "");
  const found = url?.protocol === "http:" ? lookupFor(url, guard) : null;
  if (url === null || found === null) {
    // With words, or the browser has no page to say which address it was.
    response.writeHead(403).end("Inside a private network");
    return;
  }
  const { method, headers } = request;
  const asked = requestPlain(url, { method, headers, ...found }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", (error) => {
    noteRefusal(error, url, guard);
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

function tunnel({ url: authority }: IncomingMessage, socket: Duplex, guard: Guard) {
  // A default port would be left out of `host`: https is what is tunneled.
  const url = URL.parse(`https://${authority}`);
  const found = url === null ? null : lookupFor(url, guard);
  if (url === null || found === null) {
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    return;
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const upstream = connect({ host, port: Number(url.port || 443), ...found });
  upstream.once("connect", () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", (error) => {
    noteRefusal(error, url, guard);
    socket.destroy();
  });
  socket.on("error", () => upstream.destroy());
  socket.on("close", () => upstream.destroy());
}
