import type { Message } from "../../../platform/message/index.ts";
import { hasSharedMemory } from "../../../platform/shared-memory.ts";
import { type ChangeList, emptyList } from "../change-list.ts";
import type { Edition } from "../edition.ts";
import { emptySet, type NumberSet } from "../number-set.ts";

/** Reads the bytes of one file. They may be cut into pieces anywhere. */
export type FileReader = { push: (bytes: Uint8Array) => void; end: () => void };

/** An edition while its files are being read. */
export type Draft = {
  kind: Edition["kind"] | null;
  numbers: NumberSet;
  changes: ChangeList;
  publishedOn: string | null;
  lines: number;
  unreadable: number;
  /** What is wrong with a file as a whole: then nothing of the edition can be trusted. */
  isBroken: boolean;
  /** The first of what is wrong. */
  faults: Message[];
};

export const emptyDraft = (): Draft => ({
  kind: null,
  numbers: emptySet({ isShared: hasSharedMemory }),
  changes: emptyList(),
  publishedOn: null,
  lines: 0,
  unreadable: 0,
  isBroken: false,
  faults: [],
});

const SHOWN_FAULTS = 20;

/** A line that cannot be read. */
export function reportLine(draft: Draft, fault: Message) {
  draft.unreadable++;
  report(draft, fault);
}

/** A file that cannot be trusted. */
export function reportFile(draft: Draft, fault: Message) {
  draft.isBroken = true;
  report(draft, fault);
}

function report({ faults }: Draft, fault: Message) {
  if (faults.length < SHOWN_FAULTS) faults.push(fault);
}
