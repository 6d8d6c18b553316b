import { addDays, createDayTest, fromEaster, toDate } from "./days.ts";
import { between, type HoursLaw, isWeekend, noCallsToday } from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.
//
// "Ni festivos o fines de semana" (TRLGDCU art. 96.2): the days of all Spain, and those that each region
// keeps by its own statute or chose for a year in the lists of the BOE (2025: resolution of 15 October
// 2024; 2026: of 17 October 2025), as newspapers printed them. The list of 2027 was not found, so that
// only days that come back every year are here for it.

const listDaysOfSpain = (year: number) => [
  toDate(year, 1, 1),
  toDate(year, 1, 6),
  fromEaster(year, -2),
  toDate(year, 5, 1),
  toDate(year, 8, 15),
  toDate(year, 10, 12),
  toDate(year, 11, 1),
  toDate(year, 12, 6),
  toDate(year, 12, 8),
  toDate(year, 12, 25),
];

const isHolidayOfSpain = createDayTest(listDaysOfSpain);

const maundyThursday = (year: number) => fromEaster(year, -3);
const easterMonday = (year: number) => fromEaster(year, 1);
const on = (month: number, day: number) => (year: number) => toDate(year, month, day);
const corpusChristi = (year: number) => fromEaster(year, 60);

interface Region {
  readonly name: string;
  /** Codes of the region and its provinces in addresses. */
  readonly codes: readonly string[];
  readonly everyYear: readonly ((year: number) => string)[];
  readonly chosen?: readonly string[];
}

const regions: readonly Region[] = [
  {
    name: "Andalusia",
    codes: ["AN", "AL", "CA", "CO", "GR", "H", "J", "MA", "SE"],
    everyYear: [maundyThursday, on(2, 28)],
    chosen: ["2025-10-13", "2026-11-02", "2026-12-07"],
  },
  {
    name: "Aragon",
    codes: ["AR", "HU", "TE", "Z"],
    everyYear: [maundyThursday, on(4, 23)],
    chosen: ["2025-10-13", "2026-11-02"],
  },
  {
    name: "Asturias",
    codes: ["AS", "O"],
    everyYear: [maundyThursday, on(9, 8)],
    chosen: ["2025-10-13", "2026-11-02"],
  },
  {
    name: "Balearic Islands",
    codes: ["IB", "PM"],
    everyYear: [maundyThursday, easterMonday, on(3, 1)],
    chosen: ["2026-03-02", "2026-12-26"],
  },
  {
    name: "Canary Islands",
    codes: ["CN", "GC", "TF"],
    everyYear: [maundyThursday, on(5, 30)],
    chosen: ["2026-11-02"],
  },
  {
    name: "Cantabria",
    codes: ["CB", "S"],
    everyYear: [maundyThursday, on(7, 28), on(9, 15)],
  },
  {
    name: "Castile and León",
    codes: ["CL", "AV", "BU", "LE", "P", "SA", "SG", "SO", "VA", "ZA"],
    everyYear: [maundyThursday, on(4, 23)],
    chosen: ["2025-10-13", "2026-11-02"],
  },
  {
    name: "Castile-La Mancha",
    codes: ["CM", "AB", "CR", "CU", "GU", "TO"],
    everyYear: [maundyThursday, on(5, 31), corpusChristi],
    chosen: ["2026-04-06", "2026-11-02"],
  },
  {
    name: "Catalonia",
    codes: ["CT", "B", "GI", "L", "T"],
    everyYear: [easterMonday, on(6, 24), on(9, 11), on(12, 26)],
  },
  {
    name: "Valencian Community",
    codes: ["VC", "A", "CS", "V"],
    everyYear: [easterMonday, on(3, 19), on(6, 24), on(10, 9)],
  },
  {
    name: "Extremadura",
    codes: ["EX", "BA", "CC"],
    everyYear: [maundyThursday, on(9, 8)],
    chosen: ["2025-10-13", "2026-11-02"],
  },
  {
    name: "Galicia",
    codes: ["GA", "C", "LU", "OR", "PO"],
    everyYear: [maundyThursday, on(5, 17), on(7, 25)],
    chosen: ["2026-03-19", "2026-06-24"],
  },
  {
    name: "Madrid",
    codes: ["MD", "M"],
    everyYear: [maundyThursday, on(5, 2)],
    chosen: ["2025-07-25", "2026-11-02"],
  },
  {
    name: "Murcia",
    codes: ["MC", "MU"],
    everyYear: [maundyThursday, on(3, 19), on(6, 9)],
  },
  {
    name: "Navarre",
    codes: ["NC", "NA"],
    everyYear: [maundyThursday, easterMonday, on(12, 3)],
    chosen: ["2025-07-25", "2026-03-19", "2026-11-02"],
  },
  {
    name: "Basque Country",
    codes: ["PV", "BI", "SS", "VI"],
    everyYear: [maundyThursday, easterMonday, on(7, 25)],
    chosen: ["2026-03-19"],
  },
  {
    name: "La Rioja",
    codes: ["RI", "LO"],
    everyYear: [maundyThursday, easterMonday, on(6, 9)],
  },
  {
    name: "Ceuta",
    codes: ["CE"],
    everyYear: [maundyThursday, on(8, 5)],
    chosen: ["2025-03-31", "2025-06-06", "2026-03-20", "2026-05-27"],
  },
  {
    // The end of Ramadan and the feast of the sacrifice, as the BOE dated them; by the calendar of Umm
    // al-Qura in 2027.
    name: "Melilla",
    codes: ["ML"],
    everyYear: [maundyThursday],
    chosen: [
      "2025-03-31",
      "2025-06-06",
      "2026-03-20",
      "2026-05-27",
      "2026-12-07",
      "2027-03-10",
      "2027-05-16",
    ],
  },
];

/**
 * Holidays of single islands. Each counts in its whole province, and for an address that only says "Canary Islands".
 */
const islands: readonly Region[] = [
  {
    name: "Las Palmas",
    codes: ["GC", "CN"],
    everyYear: [
      on(9, 8),
      on(9, 15),
      // The third Friday of September, for Fuerteventura.
      (year) => toFridayOnOrAfter(toDate(year, 9, 15)),
    ],
  },
  {
    name: "Santa Cruz de Tenerife",
    codes: ["TF", "CN"],
    everyYear: [
      on(2, 2),
      on(8, 5),
      on(9, 24),
      // The Monday after the first Saturday of October, for La Gomera.
      (year) => addDays(toSaturdayOnOrAfter(toDate(year, 10, 1)), 2),
    ],
  },
];

function toFridayOnOrAfter(day: string): string {
  return new Date(day).getUTCDay() === 5 ? day : toFridayOnOrAfter(addDays(day, 1));
}

function toSaturdayOnOrAfter(day: string): string {
  return new Date(day).getUTCDay() === 6 ? day : toSaturdayOnOrAfter(addDays(day, 1));
}

const hours = "TRLGDCU art. 96.2: not before 9 or after 21, nor on holidays or weekends";

/** If the address is unknown, the holidays of every region are kept. */
export const hoursInSpain: readonly HoursLaw[] = [
  {
    place: "ES",
    words: hours,
    says: (at) =>
      isWeekend(at) || isHolidayOfSpain(at.date) ? noCallsToday : between(at, "09:00", "21:00"),
  },
  ...[...regions, ...islands].map(({ name, codes, everyYear, chosen = [] }): HoursLaw => {
    const isHoliday = createDayTest((year) => [
      ...listDaysOfSpain(year),
      ...everyYear.map((toDay) => toDay(year)),
      ...chosen.filter((day) => day.startsWith(`${year}`)),
    ]);
    return {
      place: "ES",
      words: `${hours}; the holidays of ${name}`,
      binds: ({ region }) => region === null || codes.includes(region),
      says: (at) =>
        isWeekend(at) || isHoliday(at.date) ? noCallsToday : between(at, "09:00", "21:00"),
    };
  }),
];
