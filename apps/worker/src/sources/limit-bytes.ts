import { Transform } from "node:stream";
import { RunFault } from "../jobs/run-fault.ts";
import { BYTES_MAX } from "./source-settings.ts";

/** Passes bytes on, up to what a registry can have, and tells of each piece. */
export function limitBytes(file: string, onBytes?: (more: number) => void) {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      onBytes?.(chunk.length);
      if (bytes <= BYTES_MAX) done(null, chunk);
      else done(new RunFault({ key: "source.too-large", values: { file } }));
    },
  });
}
