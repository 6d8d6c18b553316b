import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Transform } from "node:stream";
import { BYTES_MAX, type Publication } from "./publication.ts";
import { RunFault } from "../jobs/platform/run-fault.ts";

/**
 * Fills a temporary folder with files. It is deleted when the publication is closed or `fill`
 * fails.
 */
export async function inTemporaryFolder(
  fill: (folder: string) => Promise<Omit<Publication, "close">>,
): Promise<Publication> {
  const folder = await mkdtemp(path.join(tmpdir(), "ringfence-registry-"));
  const close = () => rm(folder, { recursive: true });
  try {
    return { ...(await fill(folder)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Path of the nth file. Files have numbers here; messages use the publisher's names. */
export const placeIn = (folder: string, index: number) => path.join(folder, String(index));

type Expected = {
  file: string;
  /** Size that the source has stated. */
  size: number;
  onBytes?: (more: number) => void;
};

/**
 * Passes bytes on, up to the limit for a registry, and reports each chunk. Fails at the end unless
 * the stated number came: the beginning of a list is not a list.
 */
export function limitBytes({ file, size, onBytes }: Expected) {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      onBytes?.(chunk.length);
      if (bytes <= BYTES_MAX) done(null, chunk);
      else done(new RunFault({ key: "source.too-large", values: { file } }));
    },
    flush(done) {
      if (bytes === size) return done();
      const key = bytes < size ? "source.file-cut-off" : "source.changed-while-read";
      done(new RunFault({ key, values: { file } }, { isTransient: true }));
    },
  });
}
