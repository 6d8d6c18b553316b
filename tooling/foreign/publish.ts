import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { TILE_WIDTH, formatTilePath, countTileHashes } from "@ringfence/core/proof/ledger";

/** Puts the log, as the API serves it to strangers, into a folder: its checkpoint, and every tile. */
export async function publish(origin: string, folder: string, size: number) {
  for (const name of ["checkpoint", ...tilesOf(size)]) {
    const response = await fetch(`${origin}/ledger/${name}`);
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  }
}

function tilesOf(size: number): string[] {
  const names: string[] = [];
  for (let level = 0; countTileHashes({ level, index: 0 }, size) > 0; level++) {
    for (let index = 0; countTileHashes({ level, index }, size) > 0; index++) {
      const width = countTileHashes({ level, index }, size);
      names.push(formatTilePath({ level, index, width }));
      if (level === 0) names.push(formatTilePath({ level: "entries", index, width }));
      // One that is full was partial once: readers who are behind ask for its beginning.
      if (width === TILE_WIDTH) names.push(formatTilePath({ level, index, width: width - 1 }));
    }
  }
  return names;
}
