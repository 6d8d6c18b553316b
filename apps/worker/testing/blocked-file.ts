import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

/**
 * A pipe in place of a file that is about to be written. Its writer blocks, as on a disk that takes
 * no more, once it has filled the pipe (64 KiB), until the test ends.
 */
export async function aBlockedFile(place: string) {
  await promisify(execFile)("mkfifo", [place]);
  const pipe = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => pipe.close());
  return {
    /** The first bytes written, without the rest for which the writer waits. */
    async beginning() {
      const { buffer, bytesRead } = await pipe.read(Buffer.alloc(1_024));
      return buffer.toString("utf8", 0, bytesRead);
    },
  };
}
