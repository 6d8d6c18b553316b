export * from "./call-facts.ts";
export * from "./calling-hours/check-hours.ts";
export {
  type HoursFault,
  type HoursInput,
  type HoursPlan,
  type TimetableReading,
  createHoursPlan,
  isInForceOn,
  isOpen,
  isOpenAt,
  listHoursRules,
  readTimetable,
  readTimetablesAt,
  warnsOutside,
} from "./calling-hours/hours-rules-in-force.ts";
export * from "./calling-hours/next-openings.ts";
export { intersect, toLawTimetable } from "./calling-hours/opening-hours-of-a-day.ts";
export * from "./calling-hours/place-hours.ts";
export * from "./caller-duties.ts";
export * from "./canonical-json.ts";
export * from "./citation.ts";
export * from "./upcoming-changes.ts";
export * from "./coverage.ts";
export * from "./field-readers.ts";
export * from "./frequency-cap.ts";
export * from "./jurisdiction.ts";
export { lawDocument } from "./law-document.ts";
export * from "./law.ts";
export * from "./law-changes.ts";
export * from "./law-on-day.ts";
export * from "./law-update.ts";
export * from "./required-registries.ts";
export * from "./rule-book.ts";
export * from "./officers-reason.ts";
export * from "./rule-decisions.ts";
export * from "./rule-examples.ts";
export * from "./rule-set.ts";
export * from "./rule.ts";
export * from "./rules-in-force.ts";
export * from "./watch-item.ts";
export * from "./whereabouts.ts";
