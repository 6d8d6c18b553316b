import { ScrubId, SellerId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/platform/message";
import { RunProgress, RunStatus } from "@ringfence/core/platform/run";
import { ScrubCounts, ScrubSettings } from "@ringfence/core/calling/scrub";
import { Dialer } from "@ringfence/core/account/organization";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { z } from "zod";

/** What a scrub has put on record beside its counts. */
const ScrubRecord = z.object({
  inputSha256: z.string(),
  resultSha256: z.string(),
  /** Root of the tree over the rows of the result (docs/proofs.md). */
  rowsRoot: z.string(),
  checked: z.object({
    whatIf: z.boolean(),
    seller: SellerId,
    purpose: PurposeKey,
    dialer: Dialer,
    /** SHA-256 of the rule set. */
    rules: z.string(),
    editions: z.array(
      z.object({
        registry: z.string(),
        edition: z.number(),
        verifiedAt: z
          .number()
          .transform((ms) => new Date(ms))
          .nullable(),
      }),
    ),
  }),
});
export type ScrubRecord = z.infer<typeof ScrubRecord>;

/** Removal of an erased person's rows from a file of the scrub; `act` is the statement about it. */
const ErasedRows = z.object({
  file: z.enum(["scrub_upload", "scrub_result"]),
  rows: z.number(),
  before: z.string(),
  after: z.string(),
  at: z.coerce.date(),
  act: z.string().nullable(),
});

/** A scrub as people and programs see it (contract 9). */
export const ScrubView = z.object({
  id: ScrubId,
  fileName: z.string(),
  bytes: z.number(),
  settings: ScrubSettings,
  /** Whose it is: the name of a member, or of a key; null when there is none any more. */
  by: z.string().nullable(),
  status: RunStatus,
  /** Rows done so far. */
  rows: z.number(),
  counts: ScrubCounts.nullable(),
  progress: RunProgress.nullable(),
  error: StoredMessage.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  heartbeatAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** Of the record: the instant that was judged, and the attempt that came to the end. */
  at: z.date().nullable(),
  attempt: z.number().nullable(),
  record: ScrubRecord.nullable(),
  /** In order of removal: the first entry of a result begins with the hash on record. */
  erasures: z.array(ErasedRows),
});
export type ScrubView = z.infer<typeof ScrubView>;
