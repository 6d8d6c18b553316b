import type { AskedSource, RegistrySource } from "@ringfence/core/do-not-call/registry";
import { download } from "./download.ts";
import { fetchBucket } from "./fetch-bucket.ts";
import { fetchFtc } from "./fetch-ftc.ts";
import { fetchSftp } from "./fetch-sftp.ts";
import { fetchUpload } from "./fetch-upload.ts";
import { openFolder } from "./open-folder.ts";
import type { Asking, Keeping, Publication } from "./publication.ts";

/** Opens the publication of a source. @throws RunFault if it cannot be had or may not be asked */
export function openPublication(
  source: Exclude<RegistrySource, AskedSource>,
  asking: Asking,
  keeping: Keeping,
): Promise<Publication> {
  switch (source.kind) {
    case "http":
      return download(source, asking);
    case "folder":
      return openFolder(source.path, asking.settings);
    case "sftp":
      return fetchSftp(source, asking);
    case "s3":
      return fetchBucket(source, asking);
    case "us-ftc":
      return fetchFtc(source, asking, keeping);
    case "upload":
      return fetchUpload(source, asking);
  }
}
