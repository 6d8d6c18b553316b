import { createWriteStream } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import type { RegistrySource, Validators } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import {
  type SourceRequest,
  BYTES_MAX,
  type Publication,
  type PublishedFile,
  type SourceSettings,
} from "./publication.ts";
import { askServer, statusFault, unreachable } from "./http-client.ts";
import { inTemporaryFolder, placeIn } from "./temporary-files.ts";

const DURATION_MAX_MS = 6 * 3_600_000;
/** Number of times that a lost download is resumed. */
const RESUMPTIONS_MAX = 5;

type WebSource = Extract<RegistrySource, { kind: "http" }>;

/**
 * Downloads a file, and its checksum if the publisher has one; both are kept until the publication is closed.
 */
export async function download(
  source: WebSource,
  sourceRequest: SourceRequest,
): Promise<Publication> {
  const signal = AbortSignal.any([sourceRequest.signal, AbortSignal.timeout(DURATION_MAX_MS)]);
  const { url, checksumUrl, user } = source;
  const credentials = user === undefined ? null : { user, password: sourceRequest.secret ?? "" };
  const request = { ...sourceRequest, credentials, signal };
  return inTemporaryFolder(async (folder) => {
    const response = await requestFile(url, request);
    if (response.statusCode === 304) {
      response.destroy();
      return { files: "unchanged", validators: sourceRequest.known };
    }
    const file = { name: readFileName(url), path: placeIn(folder, 0) };
    if (checksumUrl === undefined && !tellsItsEnd(response)) {
      response.destroy();
      throw new RunFault({ key: "source.length-unknown", values: { file: file.name } });
    }
    await save(response, file, { url, request });
    const files: PublishedFile[] = [file];
    if (checksumUrl !== undefined) {
      const checksum = { name: `${file.name}.sha256`, path: placeIn(folder, 1) };
      const isHere = sameOrigin(url, checksumUrl);
      const checksumRequest = { ...request, known: null, credentials: isHere ? credentials : null };
      const answer = await requestFile(checksumUrl, checksumRequest);
      await save(answer, checksum, { url: checksumUrl, request: checksumRequest });
      files.push(checksum);
    }
    return { files, validators: readValidators(response) };
  });
}

/**
 * True if the answer states where it ends. Otherwise a truncated answer looks complete (RFC 9112,
 * 6.3).
 */
const tellsItsEnd = ({ headers }: IncomingMessage) =>
  headers["content-length"] !== undefined ||
  headers["transfer-encoding"]?.includes("chunked") === true;

const sameOrigin = (one: string, other: string) => new URL(one).origin === new URL(other).origin;

type Saving = { url: string; request: SourceRequest & { credentials: Credentials | null } };

/** Writes the answer, and requests the rest if the connection is lost and the server can resume. */
async function save(first: IncomingMessage, file: PublishedFile, { url, request }: Saving) {
  const tag = readStrongTag(first);
  const all = Number(first.headers["content-length"] ?? "") || null;
  const onBytes = (more: number) => request.onBytes?.(more, all);
  let written = 0;
  let response = first;
  for (let resumptions = 0; ; resumptions++) {
    if ((response.headers["content-encoding"] ?? "identity") !== "identity") {
      response.destroy();
      throw new RunFault({ key: "source.encoded", values: { file: file.name } });
    }
    if (response.statusCode !== 206) written = 0;
    const poured = await pour(response, file, { from: written, onBytes });
    written += poured.bytes;
    if (poured.lost === null) return;
    request.signal.throwIfAborted();
    if (!isConnectionLost(poured.lost)) throw poured.lost;
    if (tag === null || resumptions === RESUMPTIONS_MAX) throw unreachable(file.name, poured.lost);
    const rest = written === 0 ? {} : { rest: { from: written, tag } };
    response = await requestFile(url, { ...request, ...rest, known: null });
  }
}

/**
 * Writes everything that arrives until the other side ends or goes away; a pipeline would drop the
 * last of it.
 */
async function pour(
  response: IncomingMessage,
  { name: file, path }: PublishedFile,
  { from, onBytes }: { from: number; onBytes: (more: number) => void },
) {
  const target = createWriteStream(path, { mode: 0o600, flags: from === 0 ? "w" : "a" });
  const written = finished(target);
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    onBytes(chunk.length);
    if (from + bytes <= BYTES_MAX) return;
    response.destroy(new RunFault({ key: "source.too-large", values: { file } }));
  });
  response.pipe(target, { end: false });
  const [came] = await Promise.allSettled([
    Promise.race([finished(response), written]).finally(() => target.end()),
    written.catch((error: unknown) => {
      response.destroy();
      throw error;
    }),
  ]);
  return { bytes: target.bytesWritten, lost: came.status === "rejected" ? came.reason : null };
}

/**
 * The entity tag, if it allows resuming. Only a strong tag guarantees that the rest belongs to the
 * same bytes (RFC 9110, 13.1.5).
 */
function readStrongTag({ headers }: IncomingMessage): string | null {
  const { etag } = headers;
  const canResume = headers["accept-ranges"] === "bytes" && etag !== undefined;
  return canResume && !etag.startsWith("W/") ? etag : null;
}

/** True if the connection was lost midway: less came than promised. */
const isConnectionLost = (error: unknown): error is Error =>
  error instanceof Error &&
  "code" in error &&
  ["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE", "ETIMEDOUT"].includes(String(error.code));

function readValidators({ headers }: IncomingMessage): Validators | null {
  const { etag, "last-modified": lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return null;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/** Last part of the path, where publishers put dates and area codes. */
function readFileName(url: string) {
  const { host, pathname } = new URL(url);
  const name = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name) || host;
  } catch {
    return name;
  }
}

const REDIRECTS_MAX = 5;

type Credentials = { user: string; password: string };

type Request = {
  settings: SourceSettings;
  known: Validators | null;
  credentials: Credentials | null;
  /** Requests the rest of a file from this byte on, if it still has this tag. */
  rest?: { from: number; tag: string };
  signal: AbortSignal;
};

/**
 * Requests a file, following redirects; returns the whole (200), the requested rest (206), or 304 if it is unchanged.
 */
async function requestFile(from: string, request: Request): Promise<IncomingMessage> {
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
