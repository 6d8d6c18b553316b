import type { RegistrySource, Validators } from "@ringfence/core/registry";
import { download } from "./download.ts";
import { openFolder } from "./open-folder.ts";
import type { SourceSettings } from "./source-settings.ts";

/** A file as published, on this machine. */
export type PublishedFile = { name: string; path: string };

/** What a source offers, until it is closed. */
export type Publication = {
  files: readonly PublishedFile[] | "unchanged";
  /** What to ask with the next time. */
  validators: Validators | null;
  close: () => Promise<void>;
};

export type Asking = {
  settings: SourceSettings;
  /** What the source said of the edition in force. */
  known: Validators | null;
  signal: AbortSignal;
};

/** @throws RunFault where the source cannot be had, or may not be asked */
export function openPublication(source: RegistrySource, asking: Asking): Promise<Publication> {
  return source.kind === "http"
    ? download(source.url, asking)
    : openFolder(source.path, asking.settings);
}
