import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Validators } from "@ringfence/core/registry";
import { RunFault } from "../jobs/run-fault.ts";
import { isPrivateAddress, PrivateHost, publicLookup } from "@ringfence/services/network";
import type { SourceSettings } from "./source-settings.ts";

const REDIRECTS_MAX = 5;
const SILENCE_MAX_MS = 60_000;

type Request = { settings: SourceSettings; known: Validators | null; signal: AbortSignal };

/** Asks for a file, over redirects; answers with its beginning, or with 304. */
export async function requestFile(from: string, request: Request): Promise<IncomingMessage> {
  let url = new URL(from);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const response = await ask(url, request);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 || (statusCode === 304 && request.known !== null)) return response;

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

function ask(url: URL, { settings, known, signal }: Request): Promise<IncomingMessage> {
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
