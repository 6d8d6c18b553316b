// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/**
 * Days on which the screening closes, though no words were found that name them: the Friday or Monday on which the
 * federation keeps a day of a weekend, days of the library of holidays that follow a pattern of earlier years, and
 * Mondays of a list that was read in part only. They stay closed, because that is the safe side; a new one fails
 * the comparison until somebody has looked at it.
 */
export const stricterDays: Readonly<Record<string, readonly string[]>> = {
  // Easter Saturday and Sunday, which not every state keeps. Research calls are allowed on other Sundays.
  AU: ["2025-04-19", "2025-04-20", "2026-04-04", "2026-04-05", "2027-03-27", "2027-03-28"],
  // The Monday after 9 July, of which no law was found.
  CO: ["2026-07-13", "2027-07-12"],
  "US-LA": ["2026-07-03", "2027-06-18", "2027-07-05", "2027-12-24", "2027-12-31"],
  // Juneteenth is not among the thirteen days of Act 73 of 2019.
  "US-PA": [
    "2025-06-19",
    "2026-06-19",
    "2026-07-03",
    "2027-06-18",
    "2027-06-19",
    "2027-07-05",
    "2027-12-24",
    "2027-12-31",
  ],
  "US-RI": ["2026-07-03", "2027-06-18", "2027-12-24", "2027-12-31"],
  // 19 June itself, besides the Monday on which Utah keeps it.
  "US-UT": ["2025-06-19", "2026-06-19", "2027-06-18", "2027-06-19"],
  // Regions of Spain, all together: the Monday after 6 December 2026, Mondays after Sundays of 2027, Saint Joseph
  // and Saint Peter in every year, the evening before the feasts of Ceuta, and 13 June and 2 September there.
  ES: [
    "2025-02-03",
    "2025-03-19",
    "2025-06-05",
    "2025-06-13",
    "2025-09-02",
    "2026-05-26",
    "2026-09-02",
    "2026-12-07",
    "2027-03-01",
    "2027-03-09",
    "2027-03-19",
    "2027-05-03",
    "2027-05-31",
    "2027-06-28",
    "2027-08-16",
    "2027-09-02",
  ],
};
