import {
  createServer,
  type IncomingMessage,
  request as requestPlain,
  type ServerResponse,
} from "node:http";
import { connect, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { PrivateHost, isPrivateAddress, publicLookup } from "../../platform/internal.ts";

export type GuardProxy = {
  /** Proxy address for the browser. */
  server: string;
  /** Hosts that were blocked because they are inside a private network. */
  blockedHosts: ReadonlySet<string>;
  close: () => Promise<void>;
};

type Guard = { privateHosts: readonly string[]; blockedHosts: Set<string> };

/**
 * Starts a local proxy for the browser that blocks private networks, whatever a page names or redirects to.
 * The address that is checked is the one connected to, so that a second DNS answer cannot differ.
 */
export async function startGuardProxy(privateHosts: readonly string[]): Promise<GuardProxy> {
  const guard: Guard = { privateHosts, blockedHosts: new Set() };
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
    blockedHosts: guard.blockedHosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Decides how to look up a host; null if it is blocked, which is remembered. */
function resolveLookup(
  url: URL,
  { privateHosts, blockedHosts }: Guard,
): { lookup?: LookupFunction } | null {
  if (isNamedHost(privateHosts, url)) return {};
  if (!isPrivateAddress(url.hostname)) return { lookup: publicLookup };
  blockedHosts.add(url.host);
  return null;
}

const rememberBlockedHost = (error: Error, { host }: URL, { blockedHosts }: Guard) => {
  if (error instanceof PrivateHost) blockedHosts.add(host);
};

function forward(request: IncomingMessage, response: ServerResponse, guard: Guard) {
  const url = URL.parse(request.url ?? "");
  const resolved = url?.protocol === "http:" ? resolveLookup(url, guard) : null;
  if (url === null || resolved === null) {
    // Answers with a text: without one, the browser has no page that shows which address it was.
    response.writeHead(403).end("Inside a private network");
    return;
  }
  const { method, headers } = request;
  const asked = requestPlain(url, { method, headers, ...resolved }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", (error) => {
    rememberBlockedHost(error, url, guard);
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

function tunnel({ url: authority }: IncomingMessage, socket: Duplex, guard: Guard) {
  // A default port would be left out of `host`: https is what is tunneled.
  const url = URL.parse(`https://${authority}`);
  const resolved = url === null ? null : resolveLookup(url, guard);
  if (url === null || resolved === null) {
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    return;
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const upstream = connect({ host, port: Number(url.port || 443), ...resolved });
  upstream.once("connect", () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", (error) => {
    rememberBlockedHost(error, url, guard);
    socket.destroy();
  });
  socket.on("error", () => upstream.destroy());
  socket.on("close", () => upstream.destroy());
}
