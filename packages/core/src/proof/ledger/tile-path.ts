import { TILE_WIDTH, type TilePlace } from "./tile.ts";

/** The highest level that a log of 2^53 leaves has. */
const MAX_LEVEL = 6;

/** What is asked for below `/tile/`: hashes of a level, or the entries themselves, so many of them. */
export type TileAsked = { level: number | "entries"; index: number; width: number };

/** The path of a tile below the log's prefix (C2SP tlog-tiles): `tile/0/x001/234.p/5`. */
export function tilePath({ level, index, width }: TileAsked): string {
  const partial = width < TILE_WIDTH ? `.p/${width}` : "";
  return `tile/${level}/${indexPath(index)}${partial}`;
}

/** Three digits a folder, of which all but the last begin with `x`. */
function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, "0");
  return index < 1000 ? last : `${foldersOf(Math.floor(index / 1000))}/${last}`;
}

const foldersOf = (index: number): string =>
  indexPath(index)
    .split("/")
    .map((part) => (part.startsWith("x") ? part : `x${part}`))
    .join("/");

const PATH =
  /^tile\/(?<level>0|[1-9]\d?|entries)\/(?<index>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/;

/** What a path asks for; null when it is no tile's, or not written as it has to be. */
export function readTilePath(path: string): TileAsked | null {
  const { level, index, width } = PATH.exec(path)?.groups ?? {};
  if (level === undefined || index === undefined) return null;
  const asked = {
    level: level === "entries" ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, "")),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const;
  const isSensible = level === "entries" || Number(level) <= MAX_LEVEL;
  return isSensible && Number.isSafeInteger(asked.index) && tilePath(asked) === path ? asked : null;
}

/** The tile, of hashes, whose width says how many of these there are. */
export const placeOf = ({ level, index }: TileAsked): TilePlace => ({
  level: level === "entries" ? 0 : level,
  index,
});

/** Entries one after the other, each after its length in two bytes. */
export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    new DataView(bundle.buffer).setUint16(at, entry.length);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}
