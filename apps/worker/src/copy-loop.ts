import type { Message } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import { createOptOutCopier } from "@ringfence/services/proof/ledger";
import { createNewFaultReport } from "./new-faults.ts";
import { type Repeated, repeat } from "./repeat.ts";

/** Pause between two passes, which with that of the sequencer is the longest wait of an opt-out for its line. */
const PASS_MS = 500;
/** Pause after a pass that failed, because the next one reads the whole copy. */
const RETRY_MS = 5_000;

type Options = Pick<Installation, "db" | "keys"> & {
  folder: string;
  /** Reports faults to the operator. */
  report: (fault: Message) => void;
};

export type CopyLoop = Repeated & {
  /** For how many seconds the copy may have lacked an opt-out of the log; infinite before the first pass. */
  delaySeconds: () => number;
};

/**
 * Keeps the copy of opt-outs on another disk up to date, until stopped. Resolves after the first pass, which compares the
 * whole copy with the database and records the result for all programs. A disk that is full or away stops nothing else:
 * opt-outs are recorded all the same, and the delay grows.
 */
export async function startCopyLoop({
  folder,
  report,
  ...installation
}: Options): Promise<CopyLoop> {
  const copier = createOptOutCopier(
    { prisma: installation.db.prisma, keys: installation.keys },
    folder,
  );
  const reportNew = createNewFaultReport(report);
  let completeAt = Number.NEGATIVE_INFINITY;
  let retryAt = 0;
  const pass = async () => {
    const begunAt = performance.now();
    if (begunAt < retryAt) return;
    const { faults } = await copier.pass();
    reportNew(faults[0] ?? null);
    if (faults.length === 0) completeAt = begunAt;
    else retryAt = performance.now() + RETRY_MS;
  };
  await pass();
  const loop = repeat(PASS_MS, pass);
  return { ...loop, delaySeconds: () => (performance.now() - completeAt) / 1_000 };
}
