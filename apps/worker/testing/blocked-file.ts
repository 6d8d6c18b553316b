import { execFile } from "node:child_process";
import { once } from "node:events";
import { constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

/**
 * A pipe in place of a file that is about to be written. Its writer blocks, as on a disk that takes
 * no more, once it has filled the pipe and the reader's buffer (about 128 KiB), until the test ends.
 */
export async function aBlockedFile(place: string) {
  await promisify(execFile)("mkfifo", [place]);
  const fd = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
  return {
    /** Waits for the first bytes written, and returns so many of them. Call it once the file is being written. */
    async beginning(bytes: number) {
      const reader = new Socket({ fd, readable: true, writable: false });
      onTestFinished(() => void reader.destroy());
      for (;;) {
        const read: unknown = reader.read(bytes);
        if (read instanceof Uint8Array) return Buffer.from(read).toString();
        await once(reader, "readable");
      }
    },
  };
}
