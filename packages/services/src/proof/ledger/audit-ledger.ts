import type { Message } from "@ringfence/core/platform/message";
import type { Db } from "@ringfence/db";
import { auditCheckpoints } from "./audit-checkpoints.ts";
import { auditQueue } from "./audit-queue.ts";
import { rebuildTree } from "./rebuild-tree.ts";

export type LedgerAudit = {
  /** Entries that were read again, each hashed anew. */
  size: number;
  checkpoints: number;
  /** None when all is as it has to be. */
  faults: Message[];
};

/**
 * Reads the whole ledger again and finds what no trigger can hold: gaps, entries that are neither in
 * the log nor wait for it, tiles and checkpoints that are not those of the entries, signatures that do
 * not hold. On one snapshot, so that what is written meanwhile is no fault.
 */
export const auditLedger = ({ prisma }: Pick<Db, "prisma">): Promise<LedgerAudit> =>
  prisma.$transaction(
    async (tx) => {
      const queue = await auditQueue(tx);
      const tree = await rebuildTree(tx);
      const { count, faults } = await auditCheckpoints(tx, tree.roots);
      return {
        size: tree.size,
        checkpoints: count,
        faults: [...queue, ...tree.faults, ...faults],
      };
    },
    { isolationLevel: "RepeatableRead", timeout: 3_600_000 },
  );
