import {
  addDays,
  createDayTest,
  fromEaster,
  isInRamadan,
  toDate,
  toWeekday,
  withMondayAfterSunday,
} from "./days.ts";
import {
  type BanLaw,
  between,
  type HoursLaw,
  isWeekend,
  noCallsToday,
  type PlainCall,
  playsMessage,
  sells,
} from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** Holidays of all Brazil (Leis 662/1949, 6.802/1980, 14.759/2023) and Good Friday. */
const listDaysOfBrazil = (year: number) => [
  toDate(year, 1, 1),
  fromEaster(year, -2),
  toDate(year, 4, 21),
  toDate(year, 5, 1),
  toDate(year, 9, 7),
  toDate(year, 10, 12),
  toDate(year, 11, 2),
  toDate(year, 11, 15),
  toDate(year, 11, 20),
  toDate(year, 12, 25),
];

/** Further holidays of Rio de Janeiro: the Tuesday of Carnival, Saint George, the day of commerce. */
const isHolidayOfRio = createDayTest((year) => [
  ...listDaysOfBrazil(year),
  fromEaster(year, -47),
  toDate(year, 4, 23),
]);

/** Further holiday of Ceará: the Data Magna of 25 March. */
const isHolidayOfCeara = createDayTest((year) => [...listDaysOfBrazil(year), toDate(year, 3, 25)]);

/** Ley 51 de 1983: six days keep their date, seven move to the Monday, five follow Easter. */
const isHolidayOfColombia = createDayTest((year) => [
  toDate(year, 1, 1),
  toDate(year, 5, 1),
  toDate(year, 7, 20),
  toDate(year, 8, 7),
  toDate(year, 12, 8),
  toDate(year, 12, 25),
  ...(
    [
      [1, 6],
      [3, 19],
      [6, 29],
      [8, 15],
      [10, 12],
      [11, 1],
      [11, 11],
    ] as const
  ).map(([month, day]) => toMondayOnOrAfter(toDate(year, month, day))),
  fromEaster(year, -3),
  fromEaster(year, -2),
  fromEaster(year, 43),
  fromEaster(year, 64),
  fromEaster(year, 71),
]);

function toMondayOnOrAfter(day: string): string {
  return toWeekday(day) === "Mon" ? day : toMondayOnOrAfter(addDays(day, 1));
}

/** The days that are holidays in every state and territory of Australia. */
export const isHolidayOfAustralia = createDayTest((year) => [
  toDate(year, 1, 1),
  // If it is a Sunday, the states observe the Monday. Research calls are allowed on other Sundays, so both days count.
  ...withMondayAfterSunday(toDate(year, 1, 26)),
  fromEaster(year, -2),
  fromEaster(year, 1),
  toDate(year, 4, 25),
  toDate(year, 12, 25),
  toDate(year, 12, 26),
  ...(year === 2026 ? ["2026-12-28"] : []),
  ...(year === 2027 ? ["2027-12-27", "2027-12-28"] : []),
]);

/** Public Holidays Act 36 of 1994, schedule 1 and s. 2(1): a Sunday brings the Monday. */
const isHolidayOfSouthAfrica = createDayTest((year) =>
  [
    toDate(year, 1, 1),
    toDate(year, 3, 21),
    fromEaster(year, -2),
    fromEaster(year, 1),
    toDate(year, 4, 27),
    toDate(year, 5, 1),
    toDate(year, 6, 16),
    toDate(year, 8, 9),
    toDate(year, 9, 24),
    toDate(year, 12, 16),
    toDate(year, 12, 25),
    toDate(year, 12, 26),
  ].flatMap(withMondayAfterSunday),
);

/** True if the person's address is in the Brazilian state, or unknown: then the laws of all states are kept. */
const inState = (state: string) => (call: PlainCall) =>
  call.region === null || call.region === state;

const dialsMasses = (call: PlainCall) => playsMessage(call) || call.dialer === "predictive";

export const hoursInAmericasAndAsia: readonly HoursLaw[] = [
  {
    place: "BR",
    words: "RJ Lei 4.896/2006 art. 1-A: Monday to Friday 8 to 18; never on weekends and holidays",
    binds: inState("RJ"),
    says: (at) =>
      isWeekend(at) || isHolidayOfRio(at.date) ? noCallsToday : between(at, "08:00", "18:00"),
  },
  {
    place: "BR",
    words: "CE Lei 16.836/2019: Monday to Friday 8 to 18, no holidays",
    binds: inState("CE"),
    says: (at) =>
      isWeekend(at) || isHolidayOfCeara(at.date) ? noCallsToday : between(at, "08:00", "18:00"),
  },
  {
    place: "CA",
    words: "UTR Part III s. 23: weekdays 9:00 to 21:30, weekends 10:00 to 18:00",
    says: (at) => (isWeekend(at) ? between(at, "10:00", "18:00") : between(at, "09:00", "21:30")),
  },
  {
    place: "CO",
    words:
      "Ley 2300 de 2023 art. 3: Monday to Friday 7 to 19, Saturday 8 to 15, no Sunday or holiday",
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfColombia(at.date)) return noCallsToday;
      return at.weekday === "Sat" ? between(at, "08:00", "15:00") : between(at, "07:00", "19:00");
    },
  },
  {
    place: "AE",
    words: "Cabinet Resolution 56 of 2024: 9 a.m. to 6 p.m.",
    clock: "Asia/Dubai",
    says: (at) => between(at, "09:00", "18:00"),
  },
  {
    place: "AU",
    words: "Industry Standard 2017 s. 8: weekdays 9 to 20, Saturday 9 to 17, no national holiday",
    binds: sells,
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfAustralia(at.date)) return noCallsToday;
      return at.weekday === "Sat" ? between(at, "09:00", "17:00") : between(at, "09:00", "20:00");
    },
  },
  {
    place: "AU",
    words:
      "Industry Standard 2017 s. 8, research calls: on weekends 9 to 17; weekdays end at 20:00 by choice, at 20:30 by the ACMA's page",
    binds: (call) => call.purpose === "survey",
    says: (at) => {
      if (isHolidayOfAustralia(at.date)) return noCallsToday;
      return isWeekend(at) ? between(at, "09:00", "17:00") : between(at, "09:00", "20:00");
    },
  },
  {
    place: "IN",
    words: "TCCCPR 2018 Schedule II: the bands 0-6, 6-8, 8-10 and 21-24 are off by default",
    binds: sells,
    clock: "Asia/Kolkata",
    says: (at) => between(at, "10:00", "21:00"),
  },
  {
    place: "IN",
    words: "RBI circular of 2022-08-12: collection not before 8 a.m. or after 7 p.m.",
    binds: (call) => call.purpose === "debt_collection",
    clock: "Asia/Kolkata",
    says: (at) => between(at, "08:00", "19:00"),
  },
  {
    place: "KR",
    words: "Network Act art. 50(3): not from 9 p.m. to 8 a.m. of the next day",
    clock: "Asia/Seoul",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "SA",
    words: "CST regulations: not from 22:00 to 09:00",
    clock: "Asia/Riyadh",
    says: (at) => between(at, "09:00", "22:00"),
  },
  {
    place: "SA",
    words: "CST regulations: in Ramadan not from 01:00 to 12:00, with a day to spare on both sides",
    clock: "Asia/Riyadh",
    says: (at) =>
      isInRamadan(at.date, 1) && between(at, "01:00", "12:00") === "allowed"
        ? "outside-calling-hours"
        : "allowed",
  },
  {
    place: "ZA",
    words:
      "CPA s. 12(2), regulation: no Sundays or public holidays; Saturday 9 to 13; other days 8 to 20",
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfSouthAfrica(at.date)) return noCallsToday;
      return at.weekday === "Sat" ? between(at, "09:00", "13:00") : between(at, "08:00", "20:00");
    },
  },
];

export const bansInBrazil: readonly BanLaw[] = (["RJ", "MS", "AM"] as const).map((state) => ({
  place: "BR",
  words: `Laws of 2024 of ${state}: no mass dialing to sell`,
  forbids: (call) => inState(state)(call) && sells(call) && dialsMasses(call),
  reason: "dialer-not-allowed",
}));
