// Days off in Russia that date-holidays does not know: those that are moved by law or by the Government.

/** Holidays of which one on a weekend moves to the next working day (Labour Code, article 112). */
const movable = ["02-23", "03-08", "05-01", "05-09", "06-12", "11-04"];

/**
 * The Government's own moves, from one day to another: Decrees 1017 of 2015-09-24, 756 of
 * 2016-08-04, 1250 of 2017-10-14, 1163 of 2018-10-01, 875 of 2019-07-10, 1648 of 2020-10-10, 1564
 * of 2021-09-16, 1505 of 2022-08-29, 1314 of 2023-08-10, 1335 of 2024-10-04, 1466 of 2025-09-24.
 * The next is published at the end of each year; until it is added here, the law alone moves days.
 */
const decrees: Record<number, Record<string, string>> = {
  2016: { "01-02": "05-03", "01-03": "03-07", "02-20": "02-22" },
  2017: { "01-01": "02-24", "01-07": "05-08" },
  2018: {
    "01-06": "03-09",
    "01-07": "05-02",
    "04-28": "04-30",
    "06-09": "06-11",
    "12-29": "12-31",
  },
  2019: { "01-05": "05-02", "01-06": "05-03", "02-23": "05-10" },
  2020: { "01-04": "05-04", "01-05": "05-05" },
  2021: { "01-02": "11-05", "01-03": "12-31", "02-20": "02-22" },
  2022: { "01-01": "05-03", "01-02": "05-10", "03-05": "03-07" },
  2023: { "01-01": "02-24", "01-08": "05-08" },
  2024: {
    "01-06": "05-10",
    "01-07": "12-31",
    "04-27": "04-29",
    "11-02": "04-30",
    "12-28": "12-30",
  },
  2025: {
    "01-04": "05-02",
    "01-05": "12-31",
    "02-23": "05-08",
    "03-08": "06-13",
    "11-01": "11-03",
  },
  2026: { "01-03": "01-09", "01-04": "12-31" },
};

const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());

function nextWorkingDay(date: string): string {
  const next = new Date(new Date(date).getTime() + 86_400_000).toISOString().slice(0, 10);
  return isWeekend(next) ? nextWorkingDay(next) : next;
}

/** Days off of a year, as ISO dates, that are not holidays themselves. */
export function russianDaysOff(year: number): string[] {
  const moves = decrees[year] ?? {};
  const byLaw = movable
    .filter((holiday) => isWeekend(`${year}-${holiday}`) && moves[holiday] === undefined)
    .map((holiday) => nextWorkingDay(`${year}-${holiday}`));
  return [...byLaw, ...Object.values(moves).map((day) => `${year}-${day}`)];
}
