import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import type { Validators } from "@ringfence/core/do-not-call/registry";
import type { RunProgress } from "@ringfence/core/platform/run";
import type { FileContext } from "@ringfence/services/context";
import type { FileStore } from "@ringfence/services/platform/files";
import type { EditionOutcome } from "@ringfence/services/do-not-call/registry";
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
  /** Told what became of it, where what was fetched is kept until then; null: it could not be read. */
  settle?: (outcome: EditionOutcome["outcome"] | null) => Promise<void>;
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
  /** Told as bytes come, and of how many in all; null where the source does not say. */
  onBytes?: (more: number, all: number | null) => void;
  signal: AbortSignal;
};

/** Of what a publisher gives that has to be kept on record, whose it is. */
export type Keeping = {
  ctx: FileContext;
  registryId: RegistryId;
  revision: number;
  /** Of the edition in force, where it was read as it would be now. */
  sha256: string | null;
  report: (progress: RunProgress) => void;
};
