import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import type { RegistrySource, Validators } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import type { Asking, Publication, PublishedFile } from "./publication.ts";
import { unreachable } from "./ask-server.ts";
import { type Credentials, requestFile } from "./request-file.ts";
import { BYTES_MAX } from "./source-settings.ts";
import { inTemporaryFolder, placeIn } from "./temporary-folder.ts";

const DURATION_MAX_MS = 6 * 3_600_000;
/** A connection that is lost is taken up so often where it broke off. */
const RESUMPTIONS_MAX = 5;

type WebSource = Extract<RegistrySource, { kind: "http" }>;

/** A file from a server, and its checksum where the publisher gives one, kept until they are read. */
export async function download(source: WebSource, asking: Asking): Promise<Publication> {
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(DURATION_MAX_MS)]);
  const { url, checksumUrl, user } = source;
  const credentials = user === undefined ? null : { user, password: asking.secret ?? "" };
  const request = { ...asking, credentials, signal };
  return inTemporaryFolder(async (folder) => {
    const response = await requestFile(url, request);
    if (response.statusCode === 304) {
      response.destroy();
      return { files: "unchanged", validators: asking.known };
    }
    const file = { name: nameOf(url), path: placeIn(folder, 0) };
    if (checksumUrl === undefined && !tellsItsEnd(response)) {
      response.destroy();
      throw new RunFault({ key: "source.length-unknown", values: { file: file.name } });
    }
    await save(response, file, { url, request });
    const files: PublishedFile[] = [file];
    if (checksumUrl !== undefined) {
      const checksum = { name: `${file.name}.sha256`, path: placeIn(folder, 1) };
      const isHere = sameOrigin(url, checksumUrl);
      const asked = { ...request, known: null, credentials: isHere ? credentials : null };
      const answer = await requestFile(checksumUrl, asked);
      await save(answer, checksum, { url: checksumUrl, request: asked });
      files.push(checksum);
    }
    return { files, validators: validatorsOf(response) };
  });
}

/** Where neither is told, an answer that was cut off looks like a whole one (RFC 9112, 6.3). */
const tellsItsEnd = ({ headers }: IncomingMessage) =>
  headers["content-length"] !== undefined ||
  headers["transfer-encoding"]?.includes("chunked") === true;

const sameOrigin = (one: string, other: string) => new URL(one).origin === new URL(other).origin;

type Saving = { url: string; request: Asking & { credentials: Credentials | null } };

/** Writes what comes, and asks for the rest when the connection is lost and the server can give it. */
async function save(first: IncomingMessage, file: PublishedFile, { url, request }: Saving) {
  const tag = strongTagOf(first);
  const all = Number(first.headers["content-length"] ?? "") || null;
  const told = (more: number) => request.onBytes?.(more, all);
  let written = 0;
  let response = first;
  for (let resumptions = 0; ; resumptions++) {
    if ((response.headers["content-encoding"] ?? "identity") !== "identity") {
      response.destroy();
      throw new RunFault({ key: "source.encoded", values: { file: file.name } });
    }
    if (response.statusCode !== 206) written = 0;
    const poured = await pour(response, file, { from: written, told });
    written += poured.bytes;
    if (poured.lost === null) return;
    request.signal.throwIfAborted();
    if (!isConnectionLost(poured.lost)) throw poured.lost;
    if (tag === null || resumptions === RESUMPTIONS_MAX) throw unreachable(file.name, poured.lost);
    const rest = written === 0 ? {} : { rest: { from: written, tag } };
    response = await requestFile(url, { ...request, ...rest, known: null });
  }
}

/** Writes all that came until the other side ended or went away; a pipeline would drop the last of it. */
async function pour(
  response: IncomingMessage,
  { name: file, path }: PublishedFile,
  { from, told }: { from: number; told: (more: number) => void },
) {
  const target = createWriteStream(path, { mode: 0o600, flags: from === 0 ? "w" : "a" });
  const written = finished(target);
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    told(chunk.length);
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

/** Only a tag that stands for the very bytes says that the rest is the rest of these (RFC 9110, 13.1.5). */
function strongTagOf({ headers }: IncomingMessage): string | null {
  const { etag } = headers;
  const canResume = headers["accept-ranges"] === "bytes" && etag !== undefined;
  return canResume && !etag.startsWith("W/") ? etag : null;
}

/** The other side went away in the middle: less came than it had promised. */
const isConnectionLost = (error: unknown): error is Error =>
  error instanceof Error &&
  "code" in error &&
  ["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE", "ETIMEDOUT"].includes(String(error.code));

function validatorsOf({ headers }: IncomingMessage): Validators | null {
  const { etag, "last-modified": lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return null;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/** The last part of the path: publishers tell dates and area codes there. */
function nameOf(url: string) {
  const { host, pathname } = new URL(url);
  const name = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name) || host;
  } catch {
    return name;
  }
}
