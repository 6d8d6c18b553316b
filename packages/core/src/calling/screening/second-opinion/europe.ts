import { addDays, createDayTest, fromEaster, toDate, toWeekday } from "./days.ts";
import { type BanLaw, between, type HoursLaw, isWeekend, noCallsToday } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** Code du travail L. 3133-1: the eleven holidays. */
const isHolidayOfFrance = createDayTest((year) => [
  toDate(year, 1, 1),
  fromEaster(year, 1),
  toDate(year, 5, 1),
  toDate(year, 5, 8),
  fromEaster(year, 39),
  fromEaster(year, 50),
  toDate(year, 7, 14),
  toDate(year, 8, 15),
  toDate(year, 11, 1),
  toDate(year, 11, 11),
  toDate(year, 12, 25),
]);

/** Legge 260/1949 art. 2 as amended; 4 October since 2026 (legge 151/2025). */
const isHolidayOfItaly = createDayTest((year) => [
  toDate(year, 1, 1),
  toDate(year, 1, 6),
  fromEaster(year, 0),
  fromEaster(year, 1),
  toDate(year, 4, 25),
  toDate(year, 5, 1),
  toDate(year, 6, 2),
  toDate(year, 8, 15),
  ...(year > 2025 ? [toDate(year, 10, 4)] : []),
  toDate(year, 11, 1),
  toDate(year, 12, 8),
  toDate(year, 12, 25),
  toDate(year, 12, 26),
]);

const listFixedDaysOfRussia = (year: number) => [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => toDate(year, 1, day)),
  toDate(year, 2, 23),
  toDate(year, 3, 8),
  toDate(year, 5, 1),
  toDate(year, 5, 9),
  toDate(year, 6, 12),
  toDate(year, 11, 4),
];

/**
 * Labour Code art. 112: a holiday on a day off moves to the working day after it, but for those of
 * January. In 2025 the government chose other days (decree 1335 of 2024); in 2026 it moved 3 and 4
 * January (decree 1466 of 2025).
 */
const isDayOffInRussia = createDayTest((year) => {
  const days = listFixedDaysOfRussia(year);
  if (year === 2025) {
    return [...days, "2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-12-31"];
  }
  const moved = days
    .filter((day) => !day.startsWith(`${year}-01`))
    .flatMap((day) => {
      if (toWeekday(day) === "Sun") return [addDays(day, 1)];
      return toWeekday(day) === "Sat" ? [addDays(day, 2)] : [];
    });
  return [...days, ...moved, ...(year === 2026 ? ["2026-01-09", "2026-12-31"] : [])];
});

export const hoursInEurope: readonly HoursLaw[] = [
  {
    place: "FR",
    words: "C. conso D.223-9: Monday to Friday 10-13 and 14-20, no holiday of L. 3133-1",
    says: (at) => {
      if (isWeekend(at) || isHolidayOfFrance(at.date)) return noCallsToday;
      return between(at, "10:00", "13:00") === "allowed"
        ? "allowed"
        : between(at, "14:00", "20:00");
    },
  },
  {
    place: "IT",
    words:
      "Codice di condotta: 9 to 20 on working days, 10 to 19 on Saturdays and on the eves of holidays",
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfItaly(at.date)) return noCallsToday;
      return at.weekday === "Sat" || isHolidayOfItaly(addDays(at.date, 1))
        ? between(at, "10:00", "19:00")
        : between(at, "09:00", "20:00");
    },
  },
  {
    place: "RU",
    words: "230-FZ art. 7: collectors 8 to 22 on working days, 9 to 20 on days off",
    binds: (call) => call.purpose === "debt_collection",
    says: (at) =>
      isWeekend(at) || isDayOffInRussia(at.date)
        ? between(at, "09:00", "20:00")
        : between(at, "08:00", "22:00"),
  },
];

export const bansInRussia: readonly BanLaw[] = [
  {
    place: "RU",
    words: "38-FZ art. 18 part 2: no advertising by dialing without participation of a person",
    forbids: ({ dialer }) => dialer !== "live_agent",
    reason: "dialer-not-allowed",
  },
];
