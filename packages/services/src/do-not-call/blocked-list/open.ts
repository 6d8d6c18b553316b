import { BlockedEditionId } from "@ringfence/core/ids";
import { CHANGES_KEPT, OpenBlockedList } from "@ringfence/core/do-not-call/blocked-list";
import {
  type FileContext,
  ServiceError,
  appendAudit,
  blockedChangesFile,
  blockedListFile,
  inTransaction,
  query,
} from "../../platform/internal.ts";

export type OpenedBlockedList = {
  edition: number;
  /** Hash of the edition's whole file. It also stands for the file of its changes. */
  sha256: string;
  /** Null if the caller has the edition already. */
  content: AsyncIterable<Uint8Array> | null;
};

/**
 * Opens the last edition of the blocked list as a file, or the changes of an edition, and records who takes the
 * numbers. The file names all sellers.
 */
export const openBlockedList = query({
  name: "openBlockedList",
  action: "blocked-list.read",
  forAllSellers: true,
  input: OpenBlockedList,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { known, edition }: OpenBlockedList,
  ): Promise<OpenedBlockedList> => {
    const { files, organizationId } = ctx;
    return inTransaction(ctx, async (ctx) => {
      const { db } = ctx;
      const none = new ServiceError("not-found", { key: "blocked-list.none" });
      // Once the list is turned off, its last edition must not be taken for the current one.
      if ((await db.blockedList.findFirst({ where: { organizationId } })) === null) throw none;
      const last = await db.blockedEdition.findFirst({
        where: { organizationId },
        orderBy: { number: "desc" },
      });
      if (last === null) throw none;
      const row =
        edition === undefined
          ? last
          : await db.blockedEdition.findFirst({ where: { organizationId, number: edition } });
      const gone = new ServiceError("not-found", { key: "blocked-list.gone" });
      if (row === null || row.number <= last.number - CHANGES_KEPT) throw gone;
      const { number, sha256 } = row;
      const isWhole = edition === undefined;
      const toFileName = isWhole ? blockedListFile : blockedChangesFile;
      const file = toFileName(organizationId, BlockedEditionId.parse(row.id));
      // The file was erased, because the list was turned off in between.
      if (!(await files.has(file))) throw isWhole ? none : gone;
      if (known === "*" || known?.includes(sha256)) {
        return { edition: number, sha256, content: null };
      }
      const part = isWhole ? "whole" : "changes";
      await appendAudit(ctx, "blocked-list.read", { edition: number, part });
      return { edition: number, sha256, content: files.read(file) };
    });
  },
  // One row, in the transaction that finds the file. None for a caller that has the file already.
  audit: "by run",
});
