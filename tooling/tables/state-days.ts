// Days that date-holidays lacks: holidays of states and regions whose laws close calls on them.

/** Returns the days of a calendar in a year that date-holidays does not have, as ISO dates. */
export function listStateDays(calendar: string, year: number): string[] {
  switch (calendar) {
    // Rhode Island Independence Day, on the Monday after if it is a Sunday, and the day of a general
    // election of state officers (R.I. Gen. Laws 25-1-1).
    case "US-RI":
      return [
        ...[4, ...(toWeekday(year, 5, 4) === SUNDAY ? [5] : [])].map((day) =>
          toIsoDate(year, 5, day),
        ),
        ...(year % 2 === 0 ? [toElectionDay(year)] : []),
      ];
    // Good Friday and the election day of every year (44 P.S. 11).
    case "US-PA":
      return [toGoodFriday(year), toElectionDay(year)];
    // The day after Thanksgiving, which the governor proclaims each year (La. R.S. 1:55(B)).
    case "US-LA":
      return [toIsoDate(year, 11, findWeekday(year, 11, THURSDAY, 4) + 1)];
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
    default:
      return [];
  }
}

const [SUNDAY, MONDAY, THURSDAY] = [0, 1, 4];

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

/** Two days before Easter by the Gregorian rule (Meeus). */
function toGoodFriday(year: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return toIsoDate(year, month, day - 2);
}
