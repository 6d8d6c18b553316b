import type { RegistrySource } from "@ringfence/core/registry";
import { download } from "./download.ts";
import { openFolder } from "./open-folder.ts";
import type { Asking, Publication } from "./publication.ts";

/** @throws RunFault where the source cannot be had, or may not be asked */
export function openPublication(source: RegistrySource, asking: Asking): Promise<Publication> {
  return source.kind === "http"
    ? download(source.url, asking)
    : openFolder(source.path, asking.settings);
}
