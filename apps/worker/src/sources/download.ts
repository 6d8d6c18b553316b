import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Validators } from "@ringfence/core/registry";
import { RunFault } from "../jobs/run-fault.ts";
import type { Asking, Publication } from "./publication.ts";
import { requestFile, unreachable } from "./request-file.ts";
import { BYTES_MAX } from "./source-settings.ts";

const DURATION_MAX_MS = 6 * 3_600_000;

/** One file from a server, kept in a folder of its own until it is read. */
export async function download(url: string, asking: Asking): Promise<Publication> {
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(DURATION_MAX_MS)]);
  const response = await requestFile(url, { ...asking, signal });
  if (response.statusCode === 304) {
    response.destroy();
    return { files: "unchanged", validators: asking.known, close: () => Promise.resolve() };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "ringfence-registry-"));
  const close = () => rm(folder, { recursive: true });
  try {
    const file = { name: nameOf(url), path: path.join(folder, "file") };
    await save(response, file, signal);
    return { files: [file], validators: validatorsOf(response), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function save(
  response: IncomingMessage,
  file: { name: string; path: string },
  signal: AbortSignal,
) {
  if ((response.headers["content-encoding"] ?? "identity") !== "identity") {
    throw new RunFault({ key: "source.encoded", values: { file: file.name } });
  }
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= BYTES_MAX) done(null, chunk);
      else done(new RunFault({ key: "source.too-large", values: { file: file.name } }));
    },
  });
  try {
    await pipeline(response, limit, createWriteStream(file.path, { mode: 0o600 }), { signal });
  } catch (error) {
    if (signal.aborted || !isConnectionLost(error)) throw error;
    throw unreachable(file.name, error);
  }
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
