import {
  type BlockedEditionView,
  CHANGES_KEPT,
  blockedChangesPath,
  blockedListPath,
} from "@ringfence/core/do-not-call/blocked-list";

type EditionRow = {
  number: number;
  sha256: string;
  lines: bigint;
  bytes: bigint;
  added: bigint;
  removed: bigint;
  hasChanges: boolean;
  writtenAt: Date;
};

/** `last` is the number of the last edition: only some editions before it keep their changes. */
export const toBlockedEditionView = (row: EditionRow, last: number): BlockedEditionView => ({
  edition: row.number,
  sha256: row.sha256,
  lines: Number(row.lines),
  bytes: Number(row.bytes),
  added: Number(row.added),
  removed: Number(row.removed),
  writtenAt: row.writtenAt,
  whole: blockedListPath,
  changes:
    row.hasChanges && row.number > last - CHANGES_KEPT ? blockedChangesPath(row.number) : null,
});
