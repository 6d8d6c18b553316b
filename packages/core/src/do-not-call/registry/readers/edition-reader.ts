import type { Message } from "../../../platform/message/index.ts";
import { findLastInstant, computeNetChanges } from "../numbers/change-list.ts";
import type { Edition } from "../edition.ts";
import { createComplement, areasIn, createNumberSet } from "../numbers/number-set.ts";
import { type RegistryFormat, holdsAnswers, findListedRegion } from "../format.ts";
import { singaporeBlocks, createSgDncReader } from "./sg-dnc.ts";
import {
  type Draft,
  type FileReader,
  decodeBeginning,
  createReaderByBeginning,
  createDraft,
  isWebPage,
  refuseFile,
} from "./file-reader.ts";
import { type ReadPhone, createCsvReader } from "./csv.ts";
import { createDncXmlReader } from "./dnc-xml.ts";
import { createGbTpsReader } from "./gb-tps.ts";
import { createHkDncReader } from "./hk-dnc.ts";
import { createUsDncReader } from "./us-dnc.ts";
import { createUsLitigatorReader } from "./us-litigators.ts";
import { createUsPortedReader, reportOnlyPortedAway } from "./us-ported.ts";
import { createUsRndReader } from "./reassigned-numbers.ts";

/*
 * Reads registry files. Start here: this file looks at the first bytes of each file, chooses the reader for its format,
 * and builds one edition from all files. A reader adds numbers to a draft as bytes arrive, so a file of any size needs
 * little memory. `file-reader.ts` has lines, drafts and faults, which all readers share.
 */

/**
 * An edition, or the first faults of its files. If a file as a whole is faulty, or more lines are unreadable than the
 * mapping allows, nothing of any file is used.
 */
export type EditionResult =
  | { outcome: "read"; edition: Edition }
  | { outcome: "refused"; faults: readonly Message[]; lines: number; unreadable: number };

export type EditionReader = {
  /** Opens the next file. `file` is its name without folders. */
  open: (file: string) => FileReader;
  /** Counts the lines read so far. */
  lines: () => number;
  /** Call after the last file. */
  close: () => EditionResult;
};

/**
 * Creates a reader for the files of one edition: bytes in, numbers out. Each format has its reader in this folder;
 * `file-reader.ts` has what they share.
 */
export function createEditionReader(format: RegistryFormat, readPhone: ReadPhone): EditionReader {
  const draft = createDraft();
  if (format.reader === "csv") draft.kind = format.mapping.kind === "delta" ? "change" : "full";
  const mayBeUnreadable = format.reader === "csv" ? format.mapping.maxUnreadableShare : 0;

  return {
    open: (file) =>
      createReaderByBeginning((head) =>
        isWebPage(head)
          ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
          : createFileReader(draft, file, { format, readPhone, head }),
      ),
    lines: () => draft.lines,
    close() {
      if (format.reader === "us-ported") reportOnlyPortedAway(draft);
      const { faults, lines, unreadable, isBroken } = draft;
      if (isBroken || unreadable > lines * mayBeUnreadable || draft.kind === null) {
        return { outcome: "refused", faults, lines, unreadable };
      }
      return { outcome: "read", edition: toEdition(draft, format) };
    },
  };
}

type Opening = { format: RegistryFormat; readPhone: ReadPhone; head: Uint8Array };

function createFileReader(
  draft: Draft,
  file: string,
  { format, readPhone, head }: Opening,
): FileReader {
  switch (format.reader) {
    case "csv":
      return createCsvReader(draft, file, format.mapping, readPhone);
    case "us-dnc":
    case "ca-dncl":
      return decodeBeginning(head).startsWith("<")
        ? createDncXmlReader(draft, file)
        : createUsDncReader(draft, file);
    case "gb-tps":
      return createGbTpsReader(draft, file);
    case "hk-dnc":
      return createHkDncReader(draft, file);
    case "au-dncr":
      return refuseFile(draft, { key: "registry.fault.only-asked", values: { file } });
    case "sg-dnc":
      return createSgDncReader(draft, file);
    case "us-rnd":
      return createUsRndReader(draft, file);
    case "us-ported":
      return createUsPortedReader(draft, file);
    case "us-litigators":
      return createUsLitigatorReader(draft, file, readPhone);
  }
}

function toEdition(draft: Draft, format: RegistryFormat): Edition {
  const { numbers, changes, publishedOn, lines, unreadable } = draft;
  const isFromAnswers = holdsAnswers(format);
  const read = { isFromAnswers, region: findListedRegion(format), publishedOn, lines, unreadable };
  if (draft.kind === "change") {
    const changedUntil = findLastInstant(changes);
    return { kind: "change", ...computeNetChanges(changes), areas: [], changedUntil, ...read };
  }

  const added = format.reader === "sg-dnc" ? createComplement(numbers, singaporeBlocks()) : numbers;
  // An organization subscribes to area codes of these registries. Their files say nothing about others.
  const areas = ["us-dnc", "ca-dncl"].includes(format.reader) ? areasIn(numbers) : [];
  return { kind: "full", added, removed: createNumberSet(), areas, changedUntil: null, ...read };
}
