import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Validators } from "@ringfence/core/registry";
import { RunFault } from "../jobs/run-fault.ts";
import { isPrivateAddress, PrivateHost, publicLookup } from "@ringfence/services/network";
import type { SourceSettings } from "./source-settings.ts";

const REDIRECTS_MAX = 5;
const SILENCE_MAX_MS = 60_000;

export type Credentials = { user: string; password: string };

type Request = {
  settings: SourceSettings;
  known: Validators | null;
  credentials: Credentials | null;
  /** Asks for the rest of a file that has this tag still, from so many bytes on. */
  rest?: { from: number; tag: string };
  signal: AbortSignal;
};

/** Asks for a file, over redirects; answers with its beginning, with its rest (206), or with 304. */
export async function requestFile(from: string, request: Request): Promise<IncomingMessage> {
  let url = new URL(from);
  const { origin } = url;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    // Who signs in somewhere does not sign in elsewhere because of a redirect.
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

/** Whether a partial answer begins where it was asked to. */
const isRestFrom = (headers: IncomingHttpHeaders, from: number | undefined) =>
  from !== undefined && headers["content-range"]?.startsWith(`bytes ${from}-`) === true;

function ask(
  url: URL,
  { settings, known, credentials, rest, signal }: Request,
): Promise<IncomingMessage> {
  const { host, hostname, protocol, username, password } = url;
  if (!["http:", "https:"].includes(protocol)) {
    throw new RunFault({ key: "source.insecure-redirect", values: { host } });
  }
  if (username !== "" || password !== "") throw new RunFault({ key: "source.credentials" });
  const mayBePrivate = [host, hostname].some((name) => settings.privateHosts.includes(name));
  if (!mayBePrivate && isPrivateAddress(hostname)) throw privateFault(host);

  const headers = {
    "accept-encoding": "identity",
    ...(known?.etag !== undefined && { "if-none-match": known.etag }),
    ...(known?.lastModified !== undefined && { "if-modified-since": known.lastModified }),
    ...(rest && { range: `bytes=${rest.from}-`, "if-range": rest.tag }),
    ...(credentials && { authorization: `Basic ${basicOf(credentials)}` }),
  };
  const lookup = mayBePrivate ? {} : { lookup: publicLookup };
  const request = protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, signal, timeout: SILENCE_MAX_MS, ...lookup });
    asked.once("timeout", () => asked.destroy(new Error("ETIMEDOUT")));
    asked.once("response", resolve);
    asked.on("error", (error) => {
      if (error instanceof PrivateHost) reject(privateFault(host));
      else reject(unreachable(host, error));
    });
    asked.end();
  });
}

/** RFC 7617 */
const basicOf = ({ user, password }: Credentials) =>
  Buffer.from(`${user}:${password}`).toString("base64");

const privateFault = (host: string) =>
  new RunFault({ key: "source.private-host", values: { host } });

/** The other side is away: it may be back in a few minutes. */
export function unreachable(host: string, cause: Error) {
  const code = "code" in cause ? String(cause.code) : cause.message;
  return new RunFault(
    { key: "source.unreachable", values: { host, code } },
    { isTransient: true, cause },
  );
}

const statusFault = ({ host }: URL, status: number) =>
  new RunFault(
    { key: "source.status", values: { host, status } },
    { isTransient: status === 408 || status === 429 || status >= 500 },
  );
