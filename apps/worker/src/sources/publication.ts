import { setTimeout as sleep } from "node:timers/promises";
import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import type { Validators } from "@ringfence/core/do-not-call/registry";
import type { RunProgress } from "@ringfence/core/platform/run";
import type { FileContext } from "@ringfence/services/context";
import type { FileStore } from "@ringfence/services/platform/files";
import type { EditionOutcome } from "@ringfence/services/do-not-call/registry";

/** A published file on this machine. */
export type PublishedFile = { name: string; path: string };

/** Files that a source offers, until it is closed. */
export type Publication = {
  /** `unchanged`: the source still offers the edition in force. */
  files: readonly PublishedFile[] | "unchanged";
  /** Validators for the next request. */
  validators: Validators | null;
  /** Time at which the files were obtained, if that was before this reading. Their age counts from it. */
  obtainedAt?: Date;
  /**
   * Only for a source that keeps its files until their fate is known: tells it the outcome of their reading, or null
   * if they could not be read.
   */
  settle?: (outcome: EditionOutcome["outcome"] | null) => Promise<void>;
  close: () => Promise<void>;
};

/** Everything that a reader of a source needs, except the source itself. */
export type SourceRequest = {
  settings: SourceSettings;
  /** Store of uploads. */
  files: FileStore;
  organizationId: OrganizationId;
  /** A password or a private key. */
  secret: string | null;
  /** Validators of the edition in force; null if it was read with other settings. */
  known: Validators | null;
  /** Reports bytes as they come, and the total; null if the source does not say. */
  onBytes?: (more: number, all: number | null) => void;
  signal: AbortSignal;
};

/** Context of a reading, for publishers whose files must be stored between runs. */
export type ReadingContext = {
  ctx: FileContext;
  registryId: RegistryId;
  revision: number;
  /** SHA-256 of the edition in force; null if there is none, or it was read with other settings. */
  sha256: string | null;
  report: (progress: RunProgress) => void;
};

/** Settings of the operator for the sources of registries. */
export type SourceSettings = {
  /** The browser that opens pages; null if there is none. */
  chromium?: string | null;
  /** The folder below which registries may be read; null if none may. */
  registriesFolder: string | null;
  /** Hosts inside private networks, `name` or `name:port`, that may be asked for files. */
  privateHosts: readonly string[];
  /** Waits as long as a publisher requires; by default with a timer. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** The most bytes of a file, as published and unpacked: more than twice the whole US registry. */
export const BYTES_MAX = 8 * 1024 ** 3;

/** Waits as long as a publisher requires, unless the run ends first. */
export async function waitFor(
  ms: number,
  { settings, signal }: Pick<SourceRequest, "settings" | "signal">,
) {
  const wait = settings.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  await wait(ms, signal);
  signal.throwIfAborted();
}
