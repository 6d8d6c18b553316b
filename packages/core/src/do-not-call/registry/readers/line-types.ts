import type { Message } from "../../../platform/message/index.ts";
import type { LineType } from "../../../people/phone/index.ts";
import {
  type FileReader,
  type Line,
  byBeginning,
  emptyDraft,
  isWebPage,
  readLines,
  refuseFile,
} from "./file-reader.ts";
import { isDay } from "../date-pattern.ts";

/** On what line a number was found to be. */
export type LineLookedUp = {
  /** As E.164 writes it, without the plus. */
  digits: number;
  lineType: LineType;
  /** `2026-03-02`; null where the file does not say. */
  day: string | null;
};

/** All of a file, or the first of what is wrong with it: then nothing of it is used. */
export type ReadLineTypes =
  | { outcome: "read"; lines: readonly LineLookedUp[] }
  | { outcome: "refused"; faults: readonly Message[] };

/** By the words of DNCScrub, and some that others use. A pager is reached without wire. */
const lineTypes: Readonly<Record<string, LineType>> = {
  wireless: "wireless",
  mobile: "wireless",
  cell: "wireless",
  paging: "wireless",
  landline: "landline",
  wireline: "landline",
  voip: "voip",
  unknown: "unknown",
};

const decoder = new TextDecoder("latin1");
const shape = /^\+?(?<number>[1-9]\d{7,14}),(?<type>[a-z]+)(?:,(?<day>\d{4}-\d\d-\d\d))?$/;

/**
 * Reads lines of numbers and what they are: `12125550100,landline` or with the day on which that was looked
 * up, `12125550100,landline,2026-03-02`. The number has its country code, with or without a plus.
 */
export function readLineTypes(file: string): FileReader & { close: () => ReadLineTypes } {
  const draft = emptyDraft();
  const lines: LineLookedUp[] = [];
  const take = (line: Line) => {
    const found = lineIn(line);
    if (found !== null) lines.push(found);
    return found !== null;
  };
  const reader = byBeginning((head) =>
    isWebPage(head)
      ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
      : readLines(draft, file, { take, fault: "registry.fault.no-line-type" }),
  );
  return {
    ...reader,
    close() {
      const { faults } = draft;
      return faults.length > 0 ? { outcome: "refused", faults } : { outcome: "read", lines };
    },
  };
}

function lineIn({ bytes, length, isEnded }: Line): LineLookedUp | null {
  const text = decoder.decode(bytes.subarray(0, length)).toLowerCase();
  const { number, type = "", day = null } = shape.exec(text)?.groups ?? {};
  const lineType = lineTypes[type];
  // A day may have been cut off, and with it that it was long ago.
  if (number === undefined || lineType === undefined || (day === null && !isEnded)) return null;
  return day === null || isDay(day) ? { digits: Number(number), lineType, day } : null;
}
