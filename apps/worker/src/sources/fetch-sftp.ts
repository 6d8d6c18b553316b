import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { RegistrySource } from "@ringfence/core/do-not-call/registry";
import type SftpClient from "ssh2-sftp-client";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { inTemporaryFolder, limitBytes, placeIn } from "./temporary-files.ts";
import type { SourceRequest, Publication } from "./publication.ts";
import { withSftp } from "./with-sftp.ts";

type Sftp = Extract<RegistrySource, { kind: "sftp" }>;
/** A file on the server. The validator is a hash of these fields and their names. */
type RemoteFile = { name: string; place: string; size: number; modifiedAt: number };

/** Fetches a file, or all files of a folder, from an SFTP server, if any of them has changed. */
export function fetchSftp(source: Sftp, sourceRequest: SourceRequest): Promise<Publication> {
  const { known, signal, secret, settings, onBytes } = sourceRequest;
  const { privateHosts } = settings;
  return withSftp(source, { secret, privateHosts, signal }, async (sftp) => {
    const remote = await listFiles(sftp, source.path);
    const etag = createHash("sha256").update(JSON.stringify(remote)).digest("hex");
    if (known?.etag === etag) {
      return { files: "unchanged", validators: known, close: () => Promise.resolve() };
    }
    const all = remote.reduce((sum, { size }) => sum + size, 0);
    const onChunk = (more: number) => onBytes?.(more, all);
    return inTemporaryFolder(async (folder) => {
      for (const [index, { name: file, place, size }] of remote.entries()) {
        const target = createWriteStream(placeIn(folder, index), { mode: 0o600 });
        const limit = limitBytes({ file, size, onBytes: onChunk });
        await pipeline(sftp.createReadStream(place), limit, target, { signal });
      }
      const files = remote.map(({ name }, index) => ({ name, path: placeIn(folder, index) }));
      return { files, validators: { etag } };
    });
  });
}

async function listFiles(sftp: SftpClient, place: string): Promise<RemoteFile[]> {
  const kind = await sftp.exists(place);
  if (kind === false)
    throw new RunFault({ key: "source.folder-missing", values: { folder: place } });
  if (kind !== "d") {
    const { size, modifyTime } = await sftp.stat(place);
    return [{ name: path.posix.basename(place), place, size, modifiedAt: modifyTime }];
  }
  const entries = await sftp.list(place);
  const files = entries.filter(({ type, name }) => type === "-" && !name.startsWith("."));
  if (files.length === 0) {
    throw new RunFault({ key: "source.folder-empty", values: { folder: place } });
  }
  const found = files.map(({ name, size, modifyTime }) => ({
    name,
    place: path.posix.join(place, name),
    size,
    modifiedAt: modifyTime,
  }));
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
