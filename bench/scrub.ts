import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openFiles, scrubFile, scrubResultFile } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { runScrub } from "@ringfence/services/calling/scrub/run";
import { parse } from "csv-parse";
import { ScrubId } from "@ringfence/core/ids";
import type { FileContext } from "@ringfence/services/context";
import { atLeast, type Bench, measureMs, median } from "./bench.ts";
import { loadOrganization, scaledSizes } from "./load-organization.ts";
import { makeList } from "./make-list.ts";
import { postgresJob } from "./postgres-job.ts";
import { withPostgres } from "./with-postgres.ts";

const jobTarget = 3;
const parseTarget = 2;

/**
 * Scrubs a file of five million against a registry of a hundred million: the product, a PostgreSQL
 * job, and plain reading.
 */
export const scrubBench: Bench = {
  name: "scrub",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, _, service) => {
      const sizes = scaledSizes(scale, 100_000_000);
      const rows = 5_000_000 * scale;
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const list = await makeList(db, organizationId, rows, path.join(folder, `list-${rows}.csv`));
      const files = openFiles(path.join(folder, "files"));
      const actor = { type: "job", name: "scrub.run" } as const;
      const ctx = { db: service, files, keys, organizationId, actor };

      const [whole, scan, job, reading]: number[][] = [[], [], [], []];
      for (let round = -1; round < rounds; round++) {
        const scrubId = await queueScrub(ctx, list);
        putOnDisk();
        let begun = 0;
        let snapshotMs = 0;
        const scrubMs = await measureMs(() => {
          begun = performance.now();
          const onProgress = () => {
            if (snapshotMs === 0) snapshotMs = performance.now() - begun;
            return Promise.resolve();
          };
          return runScrub(ctx, { scrubId, attempt: 1, onProgress });
        });
        await files.erase(scrubFile(organizationId, scrubId));
        await files.erase(scrubResultFile(organizationId, scrubId, 1));
        putOnDisk();
        const jobMs = await measureMs(() =>
          postgresJob(db, organizationId, list, path.join(folder, "job.csv")),
        );
        putOnDisk();
        const readMs = await measureMs(() => pipeline(createReadStream(list), parse(), count));
        say(
          `round ${round}: scrub ${ms(scrubMs)} of which snapshot ${ms(snapshotMs)}, job ${ms(jobMs)}, csv-parse ${ms(readMs)}`,
        );
        if (round < 0) continue; // to warm up
        whole?.push(scrubMs);
        scan?.push(scrubMs - snapshotMs);
        job?.push(jobMs);
        reading?.push(readMs);
      }
      return {
        bench: "scrub",
        data: `${rows} rows of ${(await stat(list)).size} bytes, ${sizes.contacts} contacts, ${sizes.consents} consents, ${sizes.optOuts} opt-outs, ${sizes.calls} calls, registry of ${sizes.registry}`,
        ratios: [
          atLeast("whole, against a PostgreSQL job", median(job) / median(whole), jobTarget),
          atLeast(
            "without its snapshot, against csv-parse merely reading",
            median(reading) / median(scan),
            parseTarget,
          ),
        ],
        notes: [
          `scrub ${ms(median(whole))}, of which ${ms(median(whole) - median(scan))} until the first rows are written`,
          `PostgreSQL job ${ms(median(job))}, csv-parse ${ms(median(reading))}`,
        ],
      };
    }),
};

/** Flushes earlier writes to disk, so that they take no time from the next measurement. */
const putOnDisk = () => void execFileSync("sync");

const ms = (value: number) => `${Math.round(value)} ms`;

/** Consumes rows and discards them. */
async function count(rows: AsyncIterable<unknown>) {
  for await (const _ of rows);
}

/** Creates a waiting scrub with its file in place, so that only the worker's part is measured. */
async function queueScrub({ db, files, organizationId }: FileContext, list: string) {
  const { id } = await db.prisma.scrub.create({
    data: {
      organizationId,
      fileName: "list.csv",
      bytes: BigInt((await stat(list)).size),
      settings: { header: true, phoneColumn: "phone", purpose: "marketing" },
      createdAt: new Date(),
      actor: {},
    },
  });
  const scrubId = ScrubId.parse(id);
  await files.write(scrubFile(organizationId, scrubId), createReadStream(list));
  return scrubId;
}
