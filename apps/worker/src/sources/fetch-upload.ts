import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { registryFile } from "@ringfence/services/platform/files";
import { RunFault } from "../jobs/platform/run-fault.ts";
import type { Asking, Publication } from "./publication.ts";
import { inTemporaryFolder, placeIn } from "./temporary-folder.ts";

/** Offers the file that a person uploaded; its age counts from the upload. */
export function fetchUpload(
  { file }: Extract<RegistrySource, { kind: "upload" }>,
  { files, organizationId, signal }: Asking,
): Promise<Publication> {
  return inTemporaryFolder(async (folder) => {
    if (file === undefined) throw new RunFault({ key: "source.nothing-uploaded" });
    const path = placeIn(folder, 0);
    const content = files.read(registryFile(organizationId, file.id));
    await pipeline(content, createWriteStream(path, { mode: 0o600 }), { signal });
    const cameAt = new Date(file.uploadedAt);
    return { files: [{ name: file.name, path }], validators: null, cameAt };
  });
}
