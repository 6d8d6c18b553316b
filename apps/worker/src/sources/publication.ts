import type { Validators } from "@ringfence/core/registry";
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
