import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type Locale, preferredLocale, say } from "@ringfence/core/platform/message";
import {
  createBodyBudget,
  createBodyWatch,
  declaredLength,
  hasBody,
} from "@ringfence/services/platform/request-body";
import {
  type TrustedProxies,
  findClientAddress,
  findNetwork,
} from "@ringfence/services/platform/network";
import { closedHeaders, findAnswerKind } from "./response-headers";

const KIB = 1024;
const MIB = 1024 * KIB;
/** Maximum length of a tRPC call. */
const MAX_CALL_BYTES = MIB;
/** Maximum length of a page's form. */
const MAX_FORM_BYTES = 256 * KIB;
/** Bodies up to this length have a budget of their own. No opt-out is longer. */
const SMALL_BYTES = 64 * KIB;
/** Bytes in memory while a file is read as it arrives. */
const FILE_HELD_BYTES = MIB;

const small = { totalBytes: 64 * MIB, senderBytes: 16 * MIB };
const large = { totalBytes: 64 * MIB, senderBytes: 16 * MIB };

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Guards Next, which buffers a body before any code of ours runs. Bodies that declare too great a length, or that
 * exceed the memory budget, are rejected before they are read. Slow ones, and those that turn out longer than
 * allowed, are aborted by a check each second, which runs once `watch` was started.
 */
export function guardBodies(now = () => performance.now()) {
  const watch = createBodyWatch(now);
  const takeRoom = { small: createBodyBudget(small), large: createBodyBudget(large) };

  /** Returns true if the request may go on to Next; otherwise it has been answered. */
  function admit(request: IncomingMessage, response: ServerResponse): boolean {
    if (!hasBody(request)) return true;
    const maxBytes = findMaxBytes(request);
    const declared = declaredLength(request);
    const refuse = (status: number) => {
      watch.leaveUnread(request, response);
      answerRefused(request, response, status);
      return false;
    };
    if (declared !== null && declared > maxBytes) return refuse(413);
    const bytes = Math.min(declared ?? maxBytes, toHeldBytes(maxBytes));
    const take = bytes <= SMALL_BYTES ? takeRoom.small : takeRoom.large;
    const release = take(findSender(request), bytes);
    if (release === null) return refuse(503);
    response.once("close", release);
    watch.watch(request, () => request.destroy(), maxBytes + SMALL_BYTES);
    return true;
  }

  const guard: Layer = (request, response, next) => {
    if (admit(request, response)) next();
  };
  return { guard, watch };
}

/** Handles a request before Next does. It answers, or calls `next`. */
export type Layer = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Creates a listener of `http.server.request.start` that puts layers before the handlers of a server, the first one
 * outermost. The first request reveals the server, and passes the layers too.
 */
export function createLayers(layers: readonly Layer[]) {
  const layered = new WeakSet<Server>();
  return (message: unknown) => {
    if (!isOfServer(message) || layered.has(message.server)) return;
    const { server } = message;
    layered.add(server);
    const handles = server.listeners("request").filter(isHandle);
    server.removeAllListeners("request");
    const handle = layers.reduceRight<Handle>(
      (next, layer) => (request, response) =>
        layer(request, response, () => next(request, response)),
      (request, response) => {
        for (const handle of handles) handle(request, response);
      },
    );
    server.on("request", handle);
  };
}

/** Parses the address. An unreadable one counts as an unknown page. */
const readUrl = ({ url = "/" }: IncomingMessage) =>
  URL.parse(url, "http://localhost") ?? new URL("http://localhost");

function findMaxBytes(request: IncomingMessage): number {
  const { pathname } = readUrl(request);
  if (pathname.startsWith("/api/uploads/")) return Infinity;
  return pathname.startsWith("/api/trpc/") ? MAX_CALL_BYTES : MAX_FORM_BYTES;
}

const toHeldBytes = (maxBytes: number) => (maxBytes === Infinity ? FILE_HELD_BYTES : maxBytes);

/** Returns the network of the client, from the header that `trustAddress` has checked. */
function findSender({ headers }: IncomingMessage): string {
  const address = String(headers["x-forwarded-for"] ?? "");
  return findNetwork(address) ?? address;
}

/** Answers with a page that needs no other file. On a stop page it says that nothing is on record yet. */
function answerRefused(request: IncomingMessage, response: ServerResponse, status: number) {
  const { pathname, searchParams } = readUrl(request);
  const locale = preferredLocale(searchParams.get("lang") ?? request.headers["accept-language"]);
  const isRefusal = /^\/(stop|s)\//.test(pathname);
  const why = status === 413 ? "stop.too-large" : "stop.try-again";
  const message = say(locale, { key: isRefusal ? why : chooseMessage(status) });
  const isPage = !pathname.startsWith("/api/");
  const title = isRefusal ? say(locale, { key: "stop.not-recorded" }) : message;
  const type = isPage ? "text/html" : "application/json";
  response.writeHead(status, {
    ...closedHeaders(findAnswerKind(pathname)),
    "content-type": `${type}; charset=utf-8`,
    ...(status === 503 && { "retry-after": "1" }),
  });
  response.end(
    isPage
      ? renderPlainPage(locale, title, isRefusal ? message : "")
      : JSON.stringify({ message, path: null }),
  );
}

const chooseMessage = (status: number) =>
  status === 413 ? "error.form-too-large" : "error.bodies-full";

const isHandle = (listener: unknown): listener is Handle => typeof listener === "function";

const isOfServer = (message: unknown): message is { server: Server } =>
  typeof message === "object" && message !== null && "server" in message;

const HEADER = "x-forwarded-for";

/**
 * Creates a layer that replaces `X-Forwarded-For` with the one address that can be trusted. Next passes on whatever a
 * caller has made up, and gives no access to the socket.
 */
export const trustAddress =
  (trusted: TrustedProxies): Layer =>
  ({ headers, socket }, _, next) => {
    headers[HEADER] = findClientAddress(socket.remoteAddress, headers[HEADER], trusted);
    next();
  };

/**
 * Layer that removes the header by which Next skips `proxy.ts`. Its value is a key of the build, and so in every copy
 * of a release: whoever has one could ask for pages without the security headers.
 */
export const removeBuildKey: Layer = ({ headers }, _, next) => {
  delete headers["x-prerender-revalidate"];
  next();
};

/** Enough for two gigabytes at five megabits per second. Headers still have a minute. */
const PATIENCE_MS = 60 * 60_000;

/** Raises Node's limit of five minutes for a whole request, which is too short for large files. */
export function allowLongUploads(message: unknown) {
  if (isOfServer(message)) message.server.requestTimeout = PATIENCE_MS;
}

/** Renders a page that needs neither database nor scripts. It escapes nothing: pass only texts of our own. */
export const renderPlainPage = (locale: Locale, title: string, text: string): string =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
