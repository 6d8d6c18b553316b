import type { Db } from "@ringfence/db";
import type { MessageSender } from "@ringfence/services/message-sender";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import type { ColumnStore } from "@ringfence/services/audience/segment/columns";
import type { Metrics } from "./metrics.ts";
import type { SourceSettings } from "./sources/publication.ts";

/** Tools that a job gets beside its payload. */
export type JobTools = {
  db: Db;
  keys: Keys;
  /** Column store for rules about many people; if missing, the database answers alone. */
  columns?: ColumnStore | undefined;
  files: FileStore;
  /** The operator's settings of sources, narrowed to the job's organization (`narrowSources`). */
  sources: SourceSettings;
  /** Counts refusals that a webhook or dialer has taken, for whoever monitors this worker. */
  countRefusalDeliveries?: Metrics["countRefusalDeliveries"];
  /** Sends messages to people. */
  messageSender: MessageSender;
  /** Origin of the public pages. */
  publicUrl: string;
  /** Name by which the queue knows this process. */
  worker: string;
  /** Aborts when the worker is asked to stop. */
  signal: AbortSignal;
};
