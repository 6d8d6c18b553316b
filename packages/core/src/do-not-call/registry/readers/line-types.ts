import type { LineType } from "../../../people/phone/index.ts";
import { type Line, createEntryReader } from "./file-reader.ts";
import { isCalendarDay } from "../date-pattern.ts";

/** The line type of a number, as looked up. */
export type LineTypeLookup = {
  /** E.164 digits without the plus. */
  digits: number;
  lineType: LineType;
  /** `2026-03-02`; null if the file does not say. */
  day: string | null;
};

/** Words of DNCScrub and other services. A pager counts as wireless. */
const lineTypes: ReadonlyMap<string, LineType> = new Map([
  ["wireless", "wireless"],
  ["mobile", "wireless"],
  ["cell", "wireless"],
  ["paging", "wireless"],
  ["landline", "landline"],
  ["wireline", "landline"],
  ["voip", "voip"],
  ["unknown", "unknown"],
]);

const decoder = new TextDecoder("latin1");
const linePattern = /^\+?(?<number>[1-9]\d{7,14}),(?<type>[a-z]+)(?:,(?<day>\d{4}-\d\d-\d\d))?$/;

/**
 * Creates a reader for line types, in upper or lower case: `12125550100,landline`, or with the day of the
 * look-up, `12125550100,landline,2026-03-02`. The number has its country code, with or without a plus.
 */
export const createLineTypeReader = (file: string) =>
  createEntryReader(file, { parse: parseLineType, fault: "registry.fault.no-line-type" });

function parseLineType({ bytes, length, isEnded }: Line): LineTypeLookup | null {
  const text = decoder.decode(bytes.subarray(0, length)).toLowerCase();
  const { number, type = "", day = null } = linePattern.exec(text)?.groups ?? {};
  const lineType = lineTypes.get(type);
  // A truncated line may have lost its date, so an old look-up would seem current.
  if (number === undefined || lineType === undefined || (day === null && !isEnded)) return null;
  return day === null || isCalendarDay(day) ? { digits: Number(number), lineType, day } : null;
}
