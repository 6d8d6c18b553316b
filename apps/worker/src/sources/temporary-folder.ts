import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Publication } from "./publication.ts";

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
