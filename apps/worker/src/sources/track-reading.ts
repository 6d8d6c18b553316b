import { stat } from "node:fs/promises";
import type { RunProgress } from "@ringfence/core/platform/run";
import type { PublishedFile } from "./publication.ts";

type Report = (progress: RunProgress) => void;

/**
 * Reports the progress of a reading over both of its parts: files are fetched, and then read. Each
 * part counts all bytes, so that the remaining time can be estimated during the first.
 */
export function trackReading(report: Report) {
  let fetched = 0;
  return {
    /** Adds fetched bytes; `all` is their total over all files, null if unknown. */
    onBytes: (more: number, all: number | null) => {
      fetched += more;
      const totalBytes = 2 * Math.max(all ?? 0, fetched);
      report({ rows: 0, bytes: fetched, ...(all !== null && { totalBytes }) });
    },
    /** Starts the second part; returns its progress report. */
    async reading(files: readonly PublishedFile[]): Promise<Report> {
      const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      return ({ rows, bytes }) =>
        report({ rows, bytes: fetched + bytes, totalBytes: fetched + Math.max(all, bytes) });
    },
  };
}
