import { type IncomingMessage, type OutgoingHttpHeaders, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { PrivateHost, isPrivateAddress, publicLookup } from "@ringfence/services/platform/network";
import { RunFault } from "../jobs/platform/run-fault.ts";
import type { SourceSettings } from "./publication.ts";
import { escapeXml } from "./read-xml.ts";

const SILENCE_MAX_MS = 60_000;
/** Time for a whole large file on a slow line. */
const DURATION_MAX_MS = 6 * 3_600_000;

type Question = {
  settings: SourceSettings;
  headers: OutgoingHttpHeaders;
  /** Body to post; without it, the request is a GET. */
  post?: string;
  /** Silence after which the other side counts as away. */
  silenceMaxMs?: number;
  /** Limit on the whole request, answer included, however much the other side sends. */
  durationMaxMs?: number;
  signal: AbortSignal;
};

/**
 * Sends one request to a server that may be called: a public one, or one that the operator allows. Uses `node:http`,
 * because some registries charge for what was sent: `undici` does not tell whether the connection was open when a
 * request failed.
 * @throws RunFault if no answer begins, or the server may not be called
 */
export function askServer(url: URL, question: Question): Promise<IncomingMessage> {
  const { host, hostname, protocol, username, password } = url;
  if (!["http:", "https:"].includes(protocol)) {
    throw new RunFault({ key: "source.insecure-redirect", values: { host } });
  }
  if (username !== "" || password !== "") throw new RunFault({ key: "source.credentials" });
  const {
    settings,
    headers: more,
    post,
    silenceMaxMs: timeout = SILENCE_MAX_MS,
    durationMaxMs = DURATION_MAX_MS,
  } = question;
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(durationMaxMs)]);
  const mayBePrivate = isNamedHost(settings.privateHosts, url);
  if (!mayBePrivate && isPrivateAddress(hostname)) throw privateFault(host);

  const headers = { "accept-encoding": "identity", ...more };
  const method = post === undefined ? "GET" : "POST";
  const lookup = mayBePrivate ? {} : { lookup: publicLookup };
  const request = protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, signal, timeout, ...lookup });
    let isSent = false;
    outgoing.once("socket", (socket) => {
      const open = protocol === "https:" ? "secureConnect" : "connect";
      if (outgoing.reusedSocket) isSent = true;
      else socket.once(open, () => (isSent = true));
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error("ETIMEDOUT")));
    outgoing.once("response", resolve);
    outgoing.on("error", (error) => {
      if (error instanceof PrivateHost) reject(privateFault(host));
      else reject(unreachable(host, error, { isUnsent: !isSent }));
    });
    outgoing.end(post);
  });
}

const privateFault = (host: string) =>
  new RunFault({ key: "source.private-host", values: { host } });

/** Fault for a server that is away and may be back in a few minutes. */
export function unreachable(host: string, cause: Error, { isUnsent = false } = {}) {
  const isOverdue = cause.cause instanceof DOMException && cause.cause.name === "TimeoutError";
  const code = isOverdue ? "ETIMEDOUT" : "code" in cause ? String(cause.code) : cause.message;
  return new RunFault(
    { key: "source.unreachable", values: { host, code } },
    { isTransient: true, isUnsent, cause },
  );
}

/** Fault of an answer with an HTTP status that was not expected. It is transient if the server is busy or at fault. */
export const statusFault = ({ host }: URL, status: number) =>
  new RunFault(
    { key: "source.status", values: { host, status } },
    { isTransient: status === 408 || status === 429 || status >= 500 },
  );

type Reading = { host: string; bytesMax: number; signal: AbortSignal };

/** Reads the text of an answer. @throws RunFault if it breaks off or is longer than `bytesMax` */
export async function readAnswer(
  response: IncomingMessage,
  { host, bytesMax, signal }: Reading,
): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) continue;
      bytes += piece.length;
      if (bytes > bytesMax) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw signal.aborted || !(error instanceof Error) ? error : unreachable(host, error);
  }
  if (bytes > bytesMax) throw new RunFault({ key: "source.too-large", values: { file: host } });
  return Buffer.concat(pieces).toString("utf8");
}

const CODE_MAX = 60;

/** Removes what a service may repeat of a request: passwords and phone numbers. */
export function withoutPersonal(said: string, secret: string | null) {
  const secrets = secret ? [secret, escapeXml(secret)] : [];
  return secrets
    .reduce((text, each) => text.replaceAll(each, "…"), said)
    .replace(/\d(?:[\s().+\p{Pd}]*\d){5,}/gu, "…");
}

/** Shortens a code for display: some services send a whole sentence instead. */
export const shortenCode = (said: string, secret: string | null) =>
  withoutPersonal(said, secret).slice(0, CODE_MAX) || "—";

/** Parses the text of an answer; undefined if it is not JSON. */
export function parseJsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
