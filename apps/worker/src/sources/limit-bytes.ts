import { Transform } from "node:stream";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { BYTES_MAX } from "./source-settings.ts";

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
