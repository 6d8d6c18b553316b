import type { OrganizationId } from "@ringfence/core/ids";
import type { Validators } from "@ringfence/core/registry";
import type { FileStore } from "@ringfence/services/files";
import type { SourceSettings } from "./source-settings.ts";

/** A file as published, on this machine. */
export type PublishedFile = { name: string; path: string };

/** What a source offers, until it is closed. */
export type Publication = {
  files: readonly PublishedFile[] | "unchanged";
  /** What to ask with the next time. */
  validators: Validators | null;
  /** When it came here, where that was before it is read; its age counts from then. */
  cameAt?: Date;
  close: () => Promise<void>;
};

export type Asking = {
  settings: SourceSettings;
  /** Where uploads lie, and whose. */
  files: FileStore;
  organizationId: OrganizationId;
  /** A password, or a key. */
  secret: string | null;
  /** What the source said of the edition in force. */
  known: Validators | null;
  signal: AbortSignal;
};
