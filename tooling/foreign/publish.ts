import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { TILE_WIDTH, formatTilePath, countTileHashes } from "@ringfence/core/proof/ledger";

/** Saves the log in a folder as the API serves it to the public: its checkpoint and every tile. */
export async function publish(origin: string, folder: string, size: number) {
  for (const name of ["checkpoint", ...listTiles(size)]) {
    const response = await fetch(`${origin}/ledger/${name}`);
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  }
}

function listTiles(size: number): string[] {
  const names: string[] = [];
  for (let level = 0; countTileHashes({ level, index: 0 }, size) > 0; level++) {
    for (let index = 0; countTileHashes({ level, index }, size) > 0; index++) {
      const width = countTileHashes({ level, index }, size);
      names.push(formatTilePath({ level, index, width }));
      if (level === 0) names.push(formatTilePath({ level: "entries", index, width }));
      // A full tile was partial once, and readers who are behind ask for that part.
      if (width === TILE_WIDTH) names.push(formatTilePath({ level, index, width: width - 1 }));
    }
  }
  return names;
}
