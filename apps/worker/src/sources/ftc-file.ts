import { createReadStream, createWriteStream } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { FetchedFile, RegistryFetch } from "@ringfence/core/do-not-call/registry";
import { registryFile } from "@ringfence/services/platform/files";
import { saveFetchedFile } from "@ringfence/services/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { shownCode } from "../soap/without-personal.ts";
import type { FtcService } from "./ftc-service.ts";
import type { Asking, Keeping, PublishedFile } from "./publication.ts";
import { isZip, readZip } from "./read-zip.ts";
import { placeIn } from "./temporary-folder.ts";

export type FtcFetching = Keeping & { asking: Asking; folder: string; ftc: FtcService };

/** Opens a stored file on this machine. */
export async function ftcFile(
  { ctx, folder, asking }: FtcFetching,
  { id, name }: FetchedFile,
  index: number,
): Promise<PublishedFile> {
  const place = placeIn(folder, index);
  const content = ctx.files.read(registryFile(ctx.organizationId, id));
  await pipeline(content, createWriteStream(place, { mode: 0o600 }), { signal: asking.signal });
  return { name, path: place };
}

/**
 * Takes a file, which is given out once a day, and stores it once it has proved whole; null if it
 * was already given out today.
 */
export async function takeFile(
  fetching: FtcFetching,
  { id: fetchId }: RegistryFetch,
  { url, index }: { url: string; index: number },
): Promise<PublishedFile | null> {
  const { ctx, registryId, folder, ftc, asking } = fetching;
  const name = readFileName(url);
  const { code, value } = await ftc("GetDNCFileByUrl", { fileUrl: url });
  if (code === "AlreadyDownloadedToday") return null;
  if (code !== "DownloadOK") throw ftcFault(asking, "GetDNCFileByUrl", code);

  const file = { name, path: placeIn(folder, index) };
  await writeFile(file.path, decodeBase64(value, name), { mode: 0o600 });
  await checkWhole(file, asking.signal);
  const content = createReadStream(file.path);
  await saveFetchedFile(ctx, { registryId, fetchId, name, place: url, content });
  return file;
}

/** Last part of the address, where the publisher puts date and area code. */
export const readFileName = (url: string) => path.posix.basename(URL.parse(url)?.pathname ?? url);

export const ftcFault = ({ secret }: Asking, operation: string, code: string) =>
  new RunFault({
    key: "source.ftc-code",
    values: { operation, code: shownCode(code, secret) },
  });

/** Decodes Base64 strictly: Node accepts anything that resembles it, and half a file is none. */
function decodeBase64(base64: string, file: string) {
  const packed = base64.replace(/\s+/g, "");
  if (packed === "" || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) {
    throw new RunFault({ key: "source.file-cut-off", values: { file } });
  }
  return Buffer.from(packed, "base64");
}

const skip = () => ({ push() {}, end() {} });

/**
 * Checks that a file is whole: an archive by its checksums, any other file by its last line when it
 * is read.
 */
async function checkWhole({ name, path: place }: PublishedFile, signal: AbortSignal) {
  const file = await open(place);
  try {
    const { buffer: head } = await file.read(new Uint8Array(4), 0, 4, 0);
    if (!isZip(head)) return;
    await readZip(file, { name, open: skip, advance() {}, signal });
  } finally {
    await file.close();
  }
}
