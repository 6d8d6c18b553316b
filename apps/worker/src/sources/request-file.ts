import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Validators } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { askServer, statusFault } from "./ask-server.ts";
import type { SourceSettings } from "./source-settings.ts";

const REDIRECTS_MAX = 5;

export type Credentials = { user: string; password: string };

type Request = {
  settings: SourceSettings;
  known: Validators | null;
  credentials: Credentials | null;
  /** Requests the rest of a file from this byte on, if it still has this tag. */
  rest?: { from: number; tag: string };
  signal: AbortSignal;
};

/** Requests a file, following redirects; returns the beginning (200), the rest (206), or 304. */
export async function requestFile(from: string, request: Request): Promise<IncomingMessage> {
  let url = new URL(from);
  const { origin } = url;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    // Credentials for one host are never sent to another after a redirect.
    const isHome = url.origin === origin;
    const response = await ask(url, isHome ? request : { ...request, credentials: null });
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 || (statusCode === 304 && request.known !== null)) return response;
    if (statusCode === 206 && isRestFrom(headers, request.rest?.from)) return response;

    response.destroy();
    const isRedirect = [301, 302, 303, 307, 308].includes(statusCode);
    if (!isRedirect || headers.location === undefined) throw statusFault(url, statusCode);
    const next = URL.parse(headers.location, url);
    if (next === null || (url.protocol === "https:" && next.protocol !== "https:")) {
      throw new RunFault({ key: "source.insecure-redirect", values: { host: url.host } });
    }
    url = next;
  }
  throw new RunFault({ key: "source.redirects", values: { host: url.host } });
}

/** True if a partial answer starts at the requested byte. */
const isRestFrom = (headers: IncomingHttpHeaders, from: number | undefined) =>
  from !== undefined && headers["content-range"]?.startsWith(`bytes ${from}-`) === true;

function ask(
  url: URL,
  { settings, known, credentials, rest, signal }: Request,
): Promise<IncomingMessage> {
  const headers = {
    ...(known?.etag !== undefined && { "if-none-match": known.etag }),
    ...(known?.lastModified !== undefined && { "if-modified-since": known.lastModified }),
    ...(rest && { range: `bytes=${rest.from}-`, "if-range": rest.tag }),
    ...(credentials && { authorization: `Basic ${encodeBasic(credentials)}` }),
  };
  return askServer(url, { settings, headers, signal });
}

/** RFC 7617 */
const encodeBasic = ({ user, password }: Credentials) =>
  Buffer.from(`${user}:${password}`).toString("base64");
