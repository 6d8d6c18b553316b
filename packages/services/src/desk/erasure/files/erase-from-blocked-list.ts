import { CHANGES_KEPT } from "@ringfence/core/do-not-call/blocked-list";
import { BlockedEditionId } from "@ringfence/core/ids";
import { writeEdition } from "../../../do-not-call/blocked-list/internal.ts";
import {
  type FileContext,
  blockedChangesFile,
  blockedFolder,
  blockedListFile,
  inTransaction,
} from "../../../platform/internal.ts";
import { type ErasedRows, eraseRows } from "./erase-rows.ts";
import type { RowMatcher } from "./match-rows.ts";

/** How often the list is written again, because another worker wrote an edition with the person in between. */
const MAX_TRIES = 10;

const reading = {
  encoding: "utf-8",
  delimiter: ",",
  region: "US", // numbers include their country there
  idColumns: [],
  keepsLines: false,
} as const;

/**
 * Replaces the blocked list with a new edition if a stored file of it contains an erased person. The new
 * edition has no list of changes, because that would name them, so whoever asks for changes has to fetch
 * the whole list. If the list is no longer published, its files are erased.
 */
export async function eraseFromBlockedList(ctx: FileContext, matches: RowMatcher): Promise<void> {
  const { files, organizationId } = ctx;
  for (let tries = 0; await hasMatch(ctx, matches); tries++) {
    if (tries === MAX_TRIES)
      throw new Error("the blocked list is written by others again and again");
    const lists = await inTransaction(ctx, ({ db }) =>
      db.blockedList.count({ where: { organizationId } }),
    );
    if (lists > 0) await writeEdition(ctx, { isAlone: true });
    else await files.eraseIn(blockedFolder(organizationId), () => false);
  }
}

/** True if a stored file of the blocked list contains an erased person. */
async function hasMatch(ctx: FileContext, matches: RowMatcher): Promise<boolean> {
  const { files, organizationId } = ctx;
  const editions = await inTransaction(ctx, ({ db }) =>
    db.blockedEdition.findMany({
      where: { organizationId },
      orderBy: { number: "desc" },
      take: CHANGES_KEPT,
      select: { id: true },
    }),
  );
  for (const edition of editions) {
    const id = BlockedEditionId.parse(edition.id);
    for (const name of [
      blockedListFile(organizationId, id),
      blockedChangesFile(organizationId, id),
    ]) {
      if (!(await files.has(name))) continue;
      const found: ErasedRows = { rows: new Map(), hashes: null };
      for await (const _ of eraseRows(files.read(name), matches, reading, found));
      if (found.rows.size > 0) return true;
    }
  }
  return false;
}
