import {
  addDays,
  createDayTest,
  electionDay,
  fromEaster,
  lastMondayOfMay,
  nth,
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
  sellsOrSurveys,
} from "./law.ts";

// Part of the second opinion, which only tests use: second-opinion.ts says why it exists. No call is decided by it.

/** Days that the lists of holidays below share, by their words. Only Pennsylvania's does not have Juneteenth. */
const listCommonDays = (year: number) => ({
  newYear: toDate(year, 1, 1),
  martinLutherKing: nth(year, 1, 3, "Mon"),
  presidents: nth(year, 2, 3, "Mon"),
  memorial: lastMondayOfMay(year),
  juneteenth: toDate(year, 6, 19),
  independence: toDate(year, 7, 4),
  labor: nth(year, 9, 1, "Mon"),
  columbus: nth(year, 10, 2, "Mon"),
  veterans: toDate(year, 11, 11),
  thanksgiving: nth(year, 11, 4, "Thu"),
  christmas: toDate(year, 12, 25),
});

/** A day on a Sunday brings the Monday after, and one on a Saturday the Friday before. */
function withSubstitute(day: string): string[] {
  if (toWeekday(day) === "Sun") return [day, addDays(day, 1)];
  return toWeekday(day) === "Sat" ? [addDays(day, -1), day] : [day];
}

/** Ala. Code 1-3-8(a): the days named, the day after a Sunday and the day before a Saturday. */
const isHolidayOfAlabama = createDayTest((year) =>
  [
    ...Object.values(listCommonDays(year)),
    toDate(year + 1, 1, 1), // on a Saturday it is kept on 31 December
    nth(year, 4, 4, "Mon"), // Confederate Memorial Day
    nth(year, 6, 1, "Mon"), // Jefferson Davis' birthday
    fromEaster(year, -47), // Mardi Gras, in two counties
  ].flatMap(withSubstitute),
);

/** La. R.S. 1:55(A)(1), and the Friday after Thanksgiving that the governor proclaims. */
const isHolidayOfLouisiana = createDayTest((year) => {
  const { juneteenth, ...days } = listCommonDays(year);
  return [
    ...Object.values(days),
    toDate(year, 1, 8), // Battle of New Orleans
    fromEaster(year, -47), // the day of Mardi Gras
    fromEaster(year, -2),
    juneteenth,
    toDate(year, 8, 30), // Huey P. Long Day
    toDate(year, 11, 1), // All Saints' Day
    ...(year % 2 === 0 ? [electionDay(year)] : []),
    addDays(days.thanksgiving, 1),
  ];
});

/** The thirteen of Act 73 of 2019, as dnc.com lists them. */
const isHolidayOfPennsylvania = createDayTest((year) => {
  const { juneteenth: _, ...days } = listCommonDays(year);
  return [
    ...Object.values(days),
    fromEaster(year, -2),
    toDate(year, 6, 14), // Flag Day
    electionDay(year),
  ];
});

/**
 * R.I. Gen. Laws 25-1-1: on the day after where it is a Sunday, and four of them on the Monday "in the event that
 * day is a Saturday or Sunday", for state employees. 5 U.S.C. 6103 adds none ("state or federal holiday").
 */
const isHolidayOfRhodeIsland = createDayTest((year) => {
  const { newYear, independence, veterans, christmas, ...others } = listCommonDays(year);
  return [
    ...[newYear, independence, veterans, christmas].flatMap(withMondayAfterWeekend),
    ...Object.values(others),
    ...withMondayAfterSunday(toDate(year, 5, 4)), // Rhode Island Independence Day
    nth(year, 8, 2, "Mon"), // Victory Day
    ...(year % 2 === 0 ? [electionDay(year)] : []),
  ];
});

function withMondayAfterWeekend(day: string): string[] {
  return toWeekday(day) === "Sat" ? [day, addDays(day, 2)] : withMondayAfterSunday(day);
}

/** Utah Code 63G-1-301(1)-(2); Good Friday since the text in force from 2026-05-06. */
const isHolidayOfUtah = createDayTest((year) => {
  const { juneteenth, newYear, independence, veterans, christmas, ...others } =
    listCommonDays(year);
  const weekday = toWeekday(juneteenth);
  const backToMonday = ["Mon", "Tue", "Wed", "Thu", "Fri"].indexOf(weekday);
  const onToMonday = weekday === "Sat" ? 2 : 1;
  return [
    ...Object.values(others),
    ...[
      newYear,
      toDate(year + 1, 1, 1),
      independence,
      toDate(year, 7, 24),
      veterans,
      christmas,
    ].flatMap(withSubstitute),
    addDays(juneteenth, backToMonday === -1 ? onToMonday : -backToMonday),
    ...(year > 2026 ? [fromEaster(year, -2)] : []),
  ];
});

/** Selects and dials numbers by itself, with or without an agent. */
const dialsByItself = ({ dialer }: PlainCall) => dialer !== "live_agent";

export const hoursInUnitedStates: readonly HoursLaw[] = [
  {
    place: "US",
    words: "47 CFR 64.1200(c)(1): not before 8 a.m. or after 9 p.m.",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-AL",
    words: "Ala. Admin. Code r. 770-X-5-.17: no calls on Sundays or holidays; 8 a.m. to 8 p.m.",
    says: (at) =>
      at.weekday === "Sun" || isHolidayOfAlabama(at.date)
        ? noCallsToday
        : between(at, "08:00", "20:00"),
  },
  {
    place: "US-CA",
    words: "Cal. Pub. Util. Code 2872(c): devices not between 9 p.m. and 9 a.m. California time",
    binds: playsMessage,
    clock: "America/Los_Angeles",
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-CT",
    words: "Conn. Gen. Stat. 42-288a(c): between nine o'clock a.m. and eight o'clock p.m.",
    says: (at) => between(at, "09:00", "20:00"),
  },
  {
    place: "US-FL",
    words: "Fla. Stat. 501.616(6)(a): not before 8 a.m. or after 8 p.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-IN",
    words: "IC 24-5-14-8: announcing devices 9 a.m. to 8 p.m.",
    binds: playsMessage,
    says: (at) => between(at, "09:00", "20:00"),
  },
  {
    place: "US-KY",
    words: "KRS 367.461(2)(e): automated calling equipment only between 8:00 a.m. and 9:00 p.m.",
    binds: (call) => playsMessage(call) && sellsOrSurveys(call),
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-KY",
    words: "KRS 367.46955(16): to a residence only between 10 a.m. and 9 p.m.",
    says: (at) => between(at, "10:00", "21:00"),
  },
  {
    place: "US-LA",
    words: "La. R.S. 45:811(2)-(3): 8 a.m. to 8 p.m., Monday through Saturday, no state holiday",
    says: (at) =>
      at.weekday === "Sun" || isHolidayOfLouisiana(at.date)
        ? noCallsToday
        : between(at, "08:00", "20:00"),
  },
  {
    place: "US-MA",
    words: "201 CMR 12.02(2): 8 a.m. to 8 p.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-MD",
    words: "Md. Code Com. Law 14-4502(c)(1): not between 8 p.m. and 8 a.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-ME",
    words:
      "10 M.R.S. 1498(3): weekdays between 9 a.m. and 5 p.m., according to the time in Maine, which is among the zones of every call there; a person's other zones are kept, too, which is stricter",
    binds: (call) => playsMessage(call) && sells(call),
    says: (at) => (isWeekend(at) ? noCallsToday : between(at, "09:00", "17:00")),
  },
  {
    place: "US-MI",
    words: "MCL 750.540e(1)(f): not received between 9 p.m. and 9 a.m.",
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-MN",
    words: "Minn. Stat. 325E.30: not before 9:00 and after 21:00",
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-MS",
    words: "Miss. Code 77-3-723(1): 8 a.m. to 8 p.m. by the clock of Mississippi, no Sunday",
    clock: "America/Chicago",
    says: (at) => (at.weekday === "Sun" ? noCallsToday : between(at, "08:00", "20:00")),
  },
  {
    place: "US-MS",
    words: "Miss. Code 77-3-723(1), 'Central Standard Time' taken by its word: UTC-6 all year",
    clock: "Etc/GMT+6",
    says: (at) => (at.weekday === "Sun" ? noCallsToday : between(at, "08:00", "20:00")),
  },
  {
    place: "US-NJ",
    words: "N.J.S.A. 56:8-128(d): not between 9:00 p.m. and 8:00 a.m.",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-NM",
    words: "NMSA 57-12-22(B)(5): not before 9:00 a.m. or after 9:00 p.m.",
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-NV",
    words: "NRS 598.0918(3): 8 p.m. to 9 a.m. barred",
    says: (at) => between(at, "09:00", "20:00"),
  },
  {
    place: "US-NV",
    words: "NRS 597.814(2)(a): announcing devices, 9 p.m. to 9 a.m. barred",
    binds: playsMessage,
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-NY",
    words: "N.Y. GBL 399-z(2): between 8:00 A.M. and 9:00 P.M.",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-OK",
    words: "15 O.S. 755.1(C)(2)(a): devices not before 9 a.m. or after 9 p.m.",
    binds: playsMessage,
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-OK",
    words: "15 O.S. 775C.4(A): 8 a.m. to 8 p.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-OR",
    words: "ORS 646.563(1)(b): until 9 p.m. before HB 3865",
    until: "2025-12-31",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-OR",
    words: "ORS 646.563(1)(b) as amended by HB 3865: 8 a.m. to 8 p.m.",
    from: "2026-01-01",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-PA",
    words: "73 P.S. 2245(a)(1), (a)(10): not after 9 p.m. or before 8 a.m., no legal holiday",
    until: "2026-10-17",
    says: (at) => (isHolidayOfPennsylvania(at.date) ? noCallsToday : between(at, "08:00", "21:00")),
  },
  {
    place: "US-PA",
    words: "Act 47 of 2026: not on a Sunday or after 7 p.m. or before 9 a.m., no legal holiday",
    from: "2026-10-18",
    says: (at) =>
      at.weekday === "Sun" || isHolidayOfPennsylvania(at.date)
        ? noCallsToday
        : between(at, "09:00", "19:00"),
  },
  {
    place: "US-PR",
    words: "10 L.P.R.A. 4031-4038: 9 a.m. to 9 p.m.",
    says: (at) => between(at, "09:00", "21:00"),
  },
  {
    place: "US-RI",
    words:
      "R.I. Gen. Laws 5-61-2(9): Monday through Friday, except a state or federal holiday, 9 to 6; Saturday 10 to 5. The exception is read for Saturdays, too, as the rule's note has it.",
    says: (at) => {
      if (at.weekday === "Sun" || isHolidayOfRhodeIsland(at.date)) return noCallsToday;
      return at.weekday === "Sat" ? between(at, "10:00", "17:00") : between(at, "09:00", "18:00");
    },
  },
  {
    place: "US-SD",
    words: "SDCL 37-30-28: automated dialing on weekdays between 9 a.m. and 9 p.m.",
    binds: (call) => sells(call) && dialsByItself(call),
    says: (at) => (isWeekend(at) ? noCallsToday : between(at, "09:00", "21:00")),
  },
  {
    place: "US-SD",
    words: "SDCL 37-30A-3(2): 9 a.m. to 9 p.m., no Sunday",
    binds: sells,
    says: (at) => (at.weekday === "Sun" ? noCallsToday : between(at, "09:00", "21:00")),
  },
  {
    place: "US-TX",
    words:
      "Tex. Bus. & Com. Code 301.051(b)(2): 9 a.m. to 9 p.m., on Sundays from noon; by Central time, too, which is among the zones of every call to Texas",
    says: (at) => between(at, at.weekday === "Sun" ? "12:00" : "09:00", "21:00"),
  },
  {
    place: "US-UT",
    words: "Utah Code 13-25a-103(3): 8 a.m. to 9 p.m., no Sunday, no legal holiday",
    says: (at) =>
      at.weekday === "Sun" || isHolidayOfUtah(at.date)
        ? noCallsToday
        : between(at, "08:00", "21:00"),
  },
  {
    place: "US-VA",
    words: "Va. Code 59.1-511: between 8:00 a.m. and 9:00 p.m.",
    says: (at) => between(at, "08:00", "21:00"),
  },
  {
    place: "US-WA",
    words: "RCW 19.158.040(2): not before 8:00 a.m. or after 8:00 p.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
  {
    place: "US-WY",
    words: "W.S. 40-12-302(d): not before 8 a.m. or after 8 p.m.",
    says: (at) => between(at, "08:00", "20:00"),
  },
];

export const bansInUnitedStates: readonly BanLaw[] = [
  {
    place: "US-AK",
    words: "AS 45.50.475(a)(4): automated or recorded messages that advertise or solicit",
    forbids: (call) => playsMessage(call) && sells(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-DC",
    words: "D.C. Code 34-1701(b)(1): prerecorded messages that solicit, or ask for it in a survey",
    forbids: (call) => playsMessage(call) && sellsOrSurveys(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-AR",
    words: "Ark. Code 5-63-204(a)(1): recorded messages that sell",
    forbids: (call) => playsMessage(call) && sells(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-LA",
    words: "La. R.S. 45:811(1): recorded messages without a consent given in the call",
    forbids: (call) => playsMessage(call) && sellsOrSurveys(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-LA",
    words: "General Order R-29617: no solicitation in an emergency",
    forbids: (call) => call.isEmergency,
    reason: "sector-banned",
  },
  {
    place: "US-MA",
    words: "201 CMR 12.02(4): recorded message devices",
    forbids: playsMessage,
    reason: "dialer-not-allowed",
  },
  {
    place: "US-ME",
    words: "10 M.R.S. 1498(2)(B): devices to cellular phones",
    forbids: (call) => playsMessage(call) && sells(call) && call.isMobile,
    reason: "dialer-not-allowed",
  },
  {
    place: "US-MS",
    words: "Miss. Code 77-3-723(2): recorded voice messages",
    forbids: (call) => playsMessage(call) && sells(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-MT",
    words: "MCA 45-8-216(1): recorded messages to sell, inform, ask or gather data",
    forbids: (call) => playsMessage(call) && sellsOrSurveys(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-NJ",
    words: "N.J.S.A. 48:17-28: recorded messages without an operator who asks first",
    forbids: playsMessage,
    reason: "dialer-not-allowed",
  },
  {
    place: "US-NY",
    words: "N.Y. GBL 399-z(5-a): no calls into a declared emergency",
    forbids: (call) => call.isEmergency,
    reason: "sector-banned",
  },
  {
    place: "US-WA",
    words: "RCW 80.36.400(2): announcing devices for commercial solicitation",
    forbids: (call) => playsMessage(call) && sells(call),
    reason: "dialer-not-allowed",
  },
  {
    place: "US-WY",
    words: "W.S. 40-12-303(a): recorded messages that sell",
    forbids: (call) => playsMessage(call) && sells(call),
    reason: "dialer-not-allowed",
  },
];
