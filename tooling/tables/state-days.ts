// Days that date-holidays lacks: holidays of states and regions whose laws close calls on them.

/** Returns the days of a calendar in a year that date-holidays does not have, as ISO dates. */
export function listStateDays(calendar: string, year: number): string[] {
  switch (calendar) {
    // Australia Day itself, even if states observe the Monday after a weekend: the standard for calls closes national
    // public holidays, and its text was not read, so both days stay closed.
    case "AU-national":
      return [toIsoDate(year, 1, 26)];
    // Rhode Island Independence Day and the day of a general election of state officers; a holiday on
    // a Sunday is kept on the Monday after, too, and a Saturday's by state employees (R.I. Gen. Laws
    // 25-1-1).
    case "US-RI":
      return [
        ...listWithMondayAfter(year, [[5, 4]]),
        ...fixedHolidays.flatMap((day) => listMondayAfterWeekend(year, day)),
        ...(year % 2 === 0 ? [toElectionDay(year)] : []),
      ];
    // A holiday on a Sunday is kept on the Monday, one on a Saturday on the Friday (Ala. Code 1-3-8).
    // Mardi Gras Day is kept in Baldwin and Mobile Counties only, but a number does not tell the county.
    case "US-AL":
      return [...listSubstitutes(year, [...fixedHolidays, [6, 19]]), toDayBeforeEaster(year, 47)];
    // Juneteenth on a Monday, Pioneer Day, the Fridays and Mondays for the other holidays, and Good
    // Friday since 2026-05-06 (Utah Code 63G-1-301).
    case "US-UT":
      return [
        ...listSubstitutes(year, [...fixedHolidays, [7, 24]]),
        ...(year < 2022 ? [] : [toUtahJuneteenth(year)]),
        ...(year < 2027 ? [] : [toGoodFriday(year)]),
      ];
    // Good Friday and the election day of every year (44 P.S. 11).
    case "US-PA":
      return [toGoodFriday(year), toElectionDay(year)];
    // Battle of New Orleans, Huey P. Long Day and All Saints' Day (La. R.S. 1:55(A)), and the day after
    // Thanksgiving, which the governor proclaims each year (La. R.S. 1:55(B)).
    case "US-LA":
      return [
        toIsoDate(year, 1, 8),
        toIsoDate(year, 8, 30),
        toIsoDate(year, 11, 1),
        toIsoDate(year, 11, findWeekday(year, 11, THURSDAY, 4) + 1),
      ];
    // Zumbi and Black Awareness, national since 2024 (Lei 14.759/2023).
    case "BR":
    case "BR-CE":
    case "BR-RJ":
      return year < 2024 ? [] : [toIsoDate(year, 11, 20)];
    // Days of the regions that date-holidays lacks or has in another month.
    case "ES-CB":
      return [toIsoDate(year, 7, 28)];
    case "ES-MC":
      return [toIsoDate(year, 6, 9)];
    case "ES-VC":
      return [toIsoDate(year, 10, 9)];
    // Saint Francis Xavier, kept in all Navarre.
    case "ES-NC":
      return [toIsoDate(year, 12, 3), ...listChosenDays(calendar, year)];
    case "ES-AN":
    case "ES-AR":
    case "ES-AS":
    case "ES-CL":
    case "ES-CM":
    case "ES-EX":
    case "ES-GA":
    case "ES-MD":
    case "ES-ML":
      return listChosenDays(calendar, year);
    // Saint Anthony, and the ends of Ramadan and of the pilgrimage as the city fixed them: date-holidays
    // has the second a day early, and the first not at all.
    case "ES-CE":
      return [toIsoDate(year, 6, 13), ...(feastsOfCeuta[year] ?? [])];
    // Each island's own day, by province, as the decrees of 2023 to 2026 have it. Gran Canaria,
    // Lanzarote, and the third Friday of September for Fuerteventura.
    case "ES-CN-GC":
      return [
        ...listWithMondayAfter(year, [
          [9, 8],
          [9, 15],
        ]),
        toIsoDate(year, 9, findWeekday(year, 9, FRIDAY, 3)),
      ];
    // Tenerife, La Palma, El Hierro (in 2025 on 5 July, a Saturday), and for La Gomera the Monday after
    // the first Saturday of October.
    case "ES-CN-TF":
      return [
        ...listWithMondayAfter(year, [
          [2, 2],
          [8, 5],
          [9, 24],
        ]),
        toIsoDate(year, 10, findWeekday(year, 10, SATURDAY, 1) + 2),
      ];
    default:
      return [];
  }
}

const [SUNDAY, MONDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 4, 5, 6];

type MonthAndDay = readonly [month: number, day: number];

/** New Year's Day, Independence Day, Veterans Day and Christmas Day, which have the same date every year. */
const fixedHolidays: readonly MonthAndDay[] = [
  [1, 1],
  [7, 4],
  [11, 11],
  [12, 25],
];

/**
 * Days that regions of Spain chose for one year (lists of 2024-10-18 and 2025-10-28 in the BOE, as
 * newspapers print them): the Monday after the national day of 2025, Saint James, Saint John and Easter
 * Monday. For Melilla the end of Ramadan, which date-holidays has a day early; that of 2027 by the calendar
 * of Umm al-Qura, for no decree was found.
 */
const chosenDays: Record<string, readonly string[]> = {
  "ES-AN": ["2025-10-13"],
  "ES-AR": ["2025-10-13"],
  "ES-AS": ["2025-10-13"],
  "ES-CL": ["2025-10-13"],
  "ES-CM": ["2026-04-06"],
  "ES-EX": ["2025-10-13"],
  "ES-GA": ["2026-06-24"],
  "ES-MD": ["2025-07-25"],
  "ES-ML": ["2025-03-31", "2027-03-10"],
  "ES-NC": ["2025-07-25"],
};

const listChosenDays = (calendar: string, year: number) =>
  (chosenDays[calendar] ?? []).filter((day) => day.startsWith(`${year}-`));

/** Eid al-Fitr and Eid al-Adha by the decrees of Ceuta that were found. */
const feastsOfCeuta: Record<number, readonly string[]> = {
  2025: ["2025-03-31", "2025-06-06"],
  2026: ["2026-03-20", "2026-05-27"],
};

const toDate = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day));
const toWeekday = (year: number, month: number, day: number) =>
  toDate(year, month, day).getUTCDay();
const toIsoDate = (year: number, month: number, day: number) =>
  toDate(year, month, day).toISOString().slice(0, 10);

/** Returns the day of the month of its n-th Sunday, Monday, … */
const findWeekday = (year: number, month: number, weekday: number, nth: number) =>
  1 + ((weekday - toWeekday(year, month, 1) + 7) % 7) + (nth - 1) * 7;

/** The Tuesday after the first Monday of November. */
const toElectionDay = (year: number) => toIsoDate(year, 11, findWeekday(year, 11, MONDAY, 1) + 1);

/** Returns the Monday after a day that is a Sunday, or nothing. */
const listMondayAfter = (year: number, [month, day]: MonthAndDay) =>
  toWeekday(year, month, day) === SUNDAY ? [toIsoDate(year, month, day + 1)] : [];

/** Returns the Monday after a day that is a Saturday or a Sunday, or nothing. */
const listMondayAfterWeekend = (year: number, [month, day]: MonthAndDay) =>
  toWeekday(year, month, day) === SATURDAY
    ? [toIsoDate(year, month, day + 2)]
    : listMondayAfter(year, [month, day]);

const listWithMondayAfter = (year: number, days: readonly MonthAndDay[]) =>
  days.flatMap((day) => [toIsoDate(year, ...day), ...listMondayAfter(year, day)]);

/**
 * Returns the Friday before each day that is a Saturday, and the Monday after each that is a Sunday, if they
 * are in the year. The Friday before a New Year's Day belongs to the year before it.
 */
function listSubstitutes(year: number, days: readonly MonthAndDay[]): string[] {
  const fridays = [...days.map((day) => [year, day] as const), [year + 1, [1, 1]] as const].flatMap(
    ([itsYear, [month, day]]) =>
      toWeekday(itsYear, month, day) === SATURDAY ? [toIsoDate(itsYear, month, day - 1)] : [],
  );
  return [...days.flatMap((day) => listMondayAfter(year, day)), ...fridays].filter((date) =>
    date.startsWith(`${year}-`),
  );
}

/** June 19 if it is a Monday, the Monday before it from Tuesday to Friday, and the Monday after it at weekends. */
function toUtahJuneteenth(year: number): string {
  const weekday = toWeekday(year, 6, 19);
  if (weekday === SUNDAY || weekday === SATURDAY)
    return toIsoDate(year, 6, weekday === SUNDAY ? 20 : 21);
  return toIsoDate(year, 6, 19 - (weekday - MONDAY));
}

const toGoodFriday = (year: number) => toDayBeforeEaster(year, 2);

/** Returns a day before Easter by the Gregorian rule (Meeus). */
function toDayBeforeEaster(year: number, days: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return toIsoDate(year, month, day - days);
}
