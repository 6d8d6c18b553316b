import { zipSync } from "fflate";

/** The earliest time that a zip archive can state: the same files make the same archive. */
const mtime = new Date(1980, 0, 1);

/** Makes a zip archive of files by name. */
export const zip = (files: Record<string, Uint8Array>): Buffer =>
  Buffer.from(zipSync(files, { mtime }));
