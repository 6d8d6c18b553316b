import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Publication } from "./publication.ts";

/** Fills a folder of its own with files; it is gone when the publication is closed, or `fill` fails. */
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

/** As the publisher calls them, files are named in what is said of them; here they have numbers. */
export const placeIn = (folder: string, index: number) => path.join(folder, String(index));
