import type { Message } from "../../../platform/message/index.ts";
import type { LineType } from "../../../people/phone/index.ts";
import {
  type FileReader,
  type Line,
  createReaderByBeginning,
  createDraft,
  isWebPage,
  createLineReader,
  refuseFile,
} from "./file-reader.ts";
import { isCalendarDay } from "../date-pattern.ts";

/** The line type of a number, as looked up. */
export type LineTypeLookup = {
  /** E.164 digits without the plus. */
  digits: number;
  lineType: LineType;
  /** `2026-03-02`; null if the file does not say. */
  day: string | null;
};

/** All lines of a file, or its first faults. With a fault nothing of it is used. */
export type LineTypeFileResult =
  | { outcome: "read"; lines: readonly LineTypeLookup[] }
  | { outcome: "refused"; faults: readonly Message[] };

/** Words of DNCScrub and other services. A pager counts as wireless. */
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
const linePattern = /^\+?(?<number>[1-9]\d{7,14}),(?<type>[a-z]+)(?:,(?<day>\d{4}-\d\d-\d\d))?$/;

/**
 * Creates a reader for line types: `12125550100,landline`, or with the day of the look-up,
 * `12125550100,landline,2026-03-02`. The number has its country code, with or without a plus.
 */
export function createLineTypeReader(
  file: string,
): FileReader & { close: () => LineTypeFileResult } {
  const draft = createDraft();
  const lines: LineTypeLookup[] = [];
  const take = (line: Line) => {
    const found = parseLineType(line);
    if (found !== null) lines.push(found);
    return found !== null;
  };
  const reader = createReaderByBeginning((head) =>
    isWebPage(head)
      ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
      : createLineReader(draft, file, { take, fault: "registry.fault.no-line-type" }),
  );
  return {
    ...reader,
    close() {
      const { faults } = draft;
      return faults.length > 0 ? { outcome: "refused", faults } : { outcome: "read", lines };
    },
  };
}

function parseLineType({ bytes, length, isEnded }: Line): LineTypeLookup | null {
  const text = decoder.decode(bytes.subarray(0, length)).toLowerCase();
  const { number, type = "", day = null } = linePattern.exec(text)?.groups ?? {};
  const lineType = lineTypes[type];
  // A truncated line may have lost its date, so an old look-up would seem current.
  if (number === undefined || lineType === undefined || (day === null && !isEnded)) return null;
  return day === null || isCalendarDay(day) ? { digits: Number(number), lineType, day } : null;
}
