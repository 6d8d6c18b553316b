import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ScrubId } from "@ringfence/core/ids";
import type { RunProgress } from "@ringfence/core/platform/run";
import { type ScrubCounts, ScrubSettings } from "@ringfence/core/calling/scrub";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { readHead, scrubFile, scrubResultFile } from "../../platform/files/index.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { askedCall } from "../screening/asked-call.ts";
import { openFileScreening } from "./file-screening.ts";
import { planFile } from "./plan-file.ts";
import { putOnRecord } from "./put-on-record.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import { type Outcome, screenFile } from "./screen-file.ts";
import { readSnapshot } from "./snapshot.ts";

export type ScrubWork = {
  scrubId: ScrubId;
  attempt: number;
  /** Told after each chunk; what it throws ends the work. */
  onProgress: (progress: RunProgress) => Promise<void>;
};

/**
 * Screens a file by one snapshot of all facts. Begun again, it takes a new snapshot and writes a file of
 * its own, so that no row is missing or double, and a refusal made meanwhile counts.
 */
export const runScrub = command({
  name: "runScrub",
  action: "scrub.run",
  input: z.custom<ScrubWork>(),
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { scrubId, attempt, onProgress }: ScrubWork,
  ): Promise<{ rows: number; counts: ScrubCounts }> => {
    const { db, files, keys, organizationId } = ctx;
    const scrub = await db.prisma.scrub.findFirst({ where: { organizationId, id: scrubId } });
    if (scrub === null) throw scrubNotFound();
    const settings = ScrubSettings.parse(scrub.settings);
    const totalBytes = Number(scrub.bytes);

    const content = scrubFile(organizationId, scrubId);
    const head = await readHead(files.read(content));
    const region = settings.region ?? (await inTransaction(ctx, organizationOf)).homeRegion;
    const plan = planFile(head, head.length === totalBytes, settings, region);

    // The file is read ahead while the database answers.
    const file = openFileScreening(files.read(content), plan, totalBytes);
    try {
      // The threads find numbers by themselves: ids they need none.
      const { ids: _, ...snapshot } = await readSnapshot(ctx, organizationId, settings.at ?? null);
      const call = askedCall(settings, snapshot.settings);
      const phoneSecret = await keys.phoneSecret(organizationId, snapshot.keyGeneration);
      const by = { scrubId, snapshot, call, phoneSecret };
      const outcome: Outcome = { rows: 0, ended: null };
      const result = screenFile(file, by, outcome, (progress) =>
        onProgress({ ...progress, totalBytes }),
      );
      await files.write(scrubResultFile(organizationId, scrubId, attempt), result);
      const { rows, ended } = outcome;
      if (ended === null) throw new Error("a file was written without its hashes");
      await putOnRecord(ctx, { scrubId, attempt, snapshot, call, rows, ...ended });
      return { rows, counts: ended.counts };
    } finally {
      await file.stop();
    }
  },
  audit: "by run",
});
