import type { Message } from "../../../platform/message/index.ts";
import { lastInstant, settle } from "../numbers/change-list.ts";
import type { Edition } from "../edition.ts";
import { allBut, areasIn, emptySet } from "../numbers/number-set.ts";
import { type RegistryFormat, holdsAnswers, regionOf } from "../format.ts";
import { blocksOfSingapore, readSgDnc } from "./sg-dnc.ts";
import {
  type Draft,
  type FileReader,
  beginningOf,
  byBeginning,
  emptyDraft,
  isWebPage,
  refuseFile,
} from "./file-reader.ts";
import { type ReadPhone, readCsv } from "./csv.ts";
import { readDncXml } from "./dnc-xml.ts";
import { readGbTps } from "./gb-tps.ts";
import { readHkDnc } from "./hk-dnc.ts";
import { readUsDnc } from "./us-dnc.ts";
import { readUsLitigators } from "./us-litigators.ts";
import { readUsPorted, requireWireless } from "./us-ported.ts";
import { readUsRnd } from "./reassigned-numbers.ts";

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
      byBeginning((head) =>
        isWebPage(head)
          ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
          : openFile(draft, file, { format, readPhone, head }),
      ),
    lines: () => draft.lines,
    close() {
      if (format.reader === "us-ported") requireWireless(draft);
      const { faults, lines, unreadable, isBroken } = draft;
      if (isBroken || unreadable > lines * mayBeUnreadable || draft.kind === null) {
        return { outcome: "refused", faults, lines, unreadable };
      }
      return { outcome: "read", edition: editionOf(draft, format) };
    },
  };
}

type Opening = { format: RegistryFormat; readPhone: ReadPhone; head: Uint8Array };

function openFile(draft: Draft, file: string, { format, readPhone, head }: Opening): FileReader {
  switch (format.reader) {
    case "csv":
      return readCsv(draft, file, format.mapping, readPhone);
    case "us-dnc":
    case "ca-dncl":
      return beginningOf(head).startsWith("<") ? readDncXml(draft, file) : readUsDnc(draft, file);
    case "gb-tps":
      return readGbTps(draft, file);
    case "hk-dnc":
      return readHkDnc(draft, file);
    case "au-dncr":
      return refuseFile(draft, { key: "registry.fault.only-asked", values: { file } });
    case "sg-dnc":
      return readSgDnc(draft, file);
    case "us-rnd":
      return readUsRnd(draft, file);
    case "us-ported":
      return readUsPorted(draft, file);
    case "us-litigators":
      return readUsLitigators(draft, file, readPhone);
  }
}

function editionOf(draft: Draft, format: RegistryFormat): Edition {
  const { numbers, changes, publishedOn, lines, unreadable } = draft;
  const isAnswer = holdsAnswers(format);
  const read = { isAnswer, region: regionOf(format), publishedOn, lines, unreadable };
  if (draft.kind === "change") {
    const changedUntil = lastInstant(changes);
    return { kind: "change", ...settle(changes), areas: [], changedUntil, ...read };
  }

  const added = format.reader === "sg-dnc" ? allBut(numbers, blocksOfSingapore()) : numbers;
  // An organization subscribes to area codes of these registries: of others their files say nothing.
  const areas = ["us-dnc", "ca-dncl"].includes(format.reader) ? areasIn(numbers) : [];
  return { kind: "full", added, removed: emptySet(), areas, changedUntil: null, ...read };
}
