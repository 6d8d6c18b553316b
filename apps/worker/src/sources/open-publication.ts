import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AskedSource, RegistrySource } from "@ringfence/core/do-not-call/registry";
import { OrganizationId } from "@ringfence/core/ids";
import { registryFile } from "@ringfence/services/platform/files";
import { download } from "./download.ts";
import { fetchBucket } from "./fetch-bucket.ts";
import { fetchFtc } from "./fetch-ftc.ts";
import { fetchSftp } from "./fetch-sftp.ts";
import type { SourceRequest, ReadingContext, Publication, SourceSettings } from "./publication.ts";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { inTemporaryFolder, placeIn } from "./temporary-files.ts";

/*
 * Reads registries from their sources: folders, SFTP, buckets, publishers' services, and services that are asked about
 * numbers. Start here for sources that publish files: each is opened as a publication (`publication.ts`), whose files
 * `ingest.ts` reads. For sources that answer questions, start with `ask-registry.ts`.
 */

/** Opens the publication of a source. @throws RunFault if it is not available, or the source may not be read */
export function openPublication(
  source: Exclude<RegistrySource, AskedSource | { kind: "attested" }>,
  sourceRequest: SourceRequest,
  readingContext: ReadingContext,
): Promise<Publication> {
  switch (source.kind) {
    case "http":
      return download(source, sourceRequest);
    case "folder":
      return openFolder(source.path, sourceRequest.settings);
    case "sftp":
      return fetchSftp(source, sourceRequest);
    case "s3":
      return fetchBucket(source, sourceRequest);
    case "us-ftc":
      return fetchFtc(source, sourceRequest, readingContext);
    case "upload":
      return fetchUpload(source, sourceRequest);
  }
}

/** Opens all files of a folder below the operator's folder for registries, sorted by name. */
export async function openFolder(
  asked: string,
  { registriesFolder }: SourceSettings,
): Promise<Publication> {
  if (registriesFolder === null) throw new RunFault({ key: "source.no-folders" });

  const root = await realFolder(registriesFolder);
  const folder = await realFolder(path.resolve(root, asked));
  const fromRoot = path.relative(root, folder);
  // Resolve links first, so that none leads out.
  const [begin = ""] = fromRoot.split(path.sep);
  // A folder named after an organization belongs to it.
  if (
    OrganizationId.safeParse(begin).success ||
    fromRoot === ".." ||
    fromRoot.startsWith(`..${path.sep}`) ||
    path.isAbsolute(fromRoot)
  ) {
    throw new RunFault({ key: "source.folder-outside", values: { folder: asked } });
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0) {
    throw new RunFault({ key: "source.folder-empty", values: { folder: asked } });
  }
  return {
    files: names.map((name) => ({ name, path: path.join(folder, name) })),
    validators: null,
    close: () => Promise.resolve(),
  };
}

async function realFolder(folder: string) {
  try {
    return await realpath(folder);
  } catch (cause) {
    const values = { folder: path.basename(folder) };
    throw new RunFault({ key: "source.folder-missing", values }, { cause });
  }
}

/** Offers the file that a person uploaded; its age counts from the upload. */
function fetchUpload(
  { file }: Extract<RegistrySource, { kind: "upload" }>,
  { files, organizationId, signal }: SourceRequest,
): Promise<Publication> {
  return inTemporaryFolder(async (folder) => {
    if (file === undefined) throw new RunFault({ key: "source.nothing-uploaded" });
    const path = placeIn(folder, 0);
    const content = files.read(registryFile(organizationId, file.id));
    await pipeline(content, createWriteStream(path, { mode: 0o600 }), { signal });
    const obtainedAt = new Date(file.uploadedAt);
    return { files: [{ name: file.name, path }], validators: null, obtainedAt };
  });
}
