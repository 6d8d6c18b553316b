// Hashes files in a thread of its own, while another reads them: each message is a file that is open,
// each answer its SHA-256 and how many bytes it has.
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

const buffer = new Uint8Array(1 << 20);

parentPort?.on("message", (fd: number) => {
  const hash = createHash("sha256");
  let bytes = 0;
  for (;;) {
    const read = readSync(fd, buffer, 0, buffer.length, bytes);
    if (read === 0) break;
    hash.update(buffer.subarray(0, read));
    bytes += read;
  }
  parentPort?.postMessage({ sha256: hash.digest("hex"), bytes }, []);
});
