import { createDayTest, fromEaster, nth, toDate } from "./days.ts";
import { isHolidayOfAustralia } from "./americas-and-asia.ts";
import { between, type HoursLaw, isWeekend, noCallsToday } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.
//
// Codes of the industry, and a law that may not cover telephone calls. A call that breaks them only gets a warning.

const matariki = ["2025-06-20", "2026-07-10", "2027-06-25"];

/** Holidays Act 2003 s. 44, and the Mondays and the Tuesday for days of a weekend (ss. 45 and 45A). */
const isHolidayOfNewZealand = createDayTest((year) => [
  toDate(year, 1, 1),
  toDate(year, 1, 2),
  toDate(year, 2, 6),
  fromEaster(year, -2),
  fromEaster(year, 1),
  toDate(year, 4, 25),
  nth(year, 6, 1, "Mon"),
  nth(year, 10, 4, "Mon"),
  toDate(year, 12, 25),
  toDate(year, 12, 26),
  ...[
    ...matariki,
    "2026-04-27",
    "2026-12-28",
    "2027-01-04",
    "2027-02-08",
    "2027-04-26",
    "2027-12-27",
    "2027-12-28",
  ].filter((day) => day.startsWith(`${year}`)),
]);

export const industryCodes: readonly HoursLaw[] = [
  {
    place: "AU",
    words: "Australian Consumer Law s. 73: weekdays 9 to 18, Saturday 9 to 17, no holiday",
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfAustralia(at.date)) return noCallsToday;
      return between(at, "09:00", at.weekday === "Sat" ? "17:00" : "18:00");
    },
  },
  {
    place: "BR",
    words: "SART code: Monday to Friday 9 to 21, Saturday 10 to 16",
    says: (at) => {
      if (at.weekday === "Sun") return noCallsToday;
      return at.weekday === "Sat" ? between(at, "10:00", "16:00") : between(at, "09:00", "21:00");
    },
  },
  {
    place: "GB",
    words: "DMA code: Monday to Saturday 8 to 21, Sunday from 9",
    says: (at) => between(at, at.weekday === "Sun" ? "09:00" : "08:00", "21:00"),
  },
  {
    place: "NL",
    words: "Code Telemarketing: Monday to Friday 9 to 22, Saturday 10 to 16",
    says: (at) => {
      if (at.weekday === "Sun") return noCallsToday;
      return isWeekend(at) ? between(at, "10:00", "16:00") : between(at, "09:00", "22:00");
    },
  },
  {
    place: "NZ",
    words: "Marketing Association code: Monday to Saturday 8 to 21, no Sunday or public holiday",
    says: (at) =>
      at.weekday === "Sun" || isHolidayOfNewZealand(at.date)
        ? noCallsToday
        : between(at, "08:00", "21:00"),
  },
];
