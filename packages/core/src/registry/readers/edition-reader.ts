import type { Message } from "../../message/index.ts";
import { settle } from "../change-list.ts";
import type { Edition } from "../edition.ts";
import { areasIn, emptySet } from "../number-set.ts";
import type { RegistryFormat } from "../registry.ts";
import { readCsv } from "./csv.ts";
import type { ReadPhone } from "./csv-row.ts";
import { type Draft, emptyDraft, type FileReader } from "./draft.ts";
import { readUsDnc } from "./us-dnc.ts";

/** An edition, or the first of what is wrong with its files: then nothing of them is used. */
export type ReadEdition =
  | { outcome: "read"; edition: Edition }
  | { outcome: "refused"; faults: readonly Message[]; lines: number; unreadable: number };

export type EditionReader = {
  /** Begins the next file, by its name without folders. */
  open: (file: string) => FileReader;
  /** How many lines were read so far. */
  lines: () => number;
  /** After the last file. */
  close: () => ReadEdition;
};

/** Reads the files of one edition: bytes in, numbers out. */
export function editionReader(format: RegistryFormat, readPhone: ReadPhone): EditionReader {
  const draft = emptyDraft();
  if (format.reader === "csv") draft.kind = format.mapping.kind === "delta" ? "change" : "full";
  const mayBeUnreadable = format.reader === "csv" ? format.mapping.maxUnreadableShare : 0;

  return {
    open: (file) =>
      format.reader === "csv"
        ? readCsv(draft, file, format.mapping, readPhone)
        : readUsDnc(draft, file),
    lines: () => draft.lines,
    close() {
      const { faults, lines, unreadable, isBroken } = draft;
      if (isBroken || unreadable > lines * mayBeUnreadable || draft.kind === null) {
        return { outcome: "refused", faults, lines, unreadable };
      }
      return { outcome: "read", edition: editionOf(draft, format) };
    },
  };
}

function editionOf(draft: Draft, { reader }: RegistryFormat): Edition {
  const { numbers, changes, publishedOn, lines, unreadable } = draft;
  const read = { publishedOn, lines, unreadable };
  if (draft.kind === "change") return { kind: "change", ...settle(changes), areas: [], ...read };

  // An organization subscribes to area codes of the US registry: of others its files say nothing.
  const areas = reader === "us-dnc" ? areasIn(numbers) : [];
  return { kind: "full", added: numbers, removed: emptySet(), areas, ...read };
}
