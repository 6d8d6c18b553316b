import { expect, it } from "vitest";
import { listRegionZones } from "../../phone/index.ts";
import { defaultHours } from "../jurisdiction.ts";
import { type RuleBook, bundledRuleBook } from "../rule-book.ts";
import {
  type PlaceInput,
  listHourStates,
  listSpecialDays,
  readPlaceClocks,
} from "./place-hours.ts";

const of = (place: string, changed: Partial<PlaceInput> = {}): PlaceInput => ({
  books: [bundledRuleBook],
  place,
  zones: listRegionZones(place),
  at: new Date("2026-11-30T22:00:00Z"),
  policy: defaultHours,
  choseHours: false,
  warnOnly: new Set(),
  closedDays: [],
  ...changed,
});

it("reads each clock of Florida: 17:00 in New York and 16:00 in Chicago, open until 20:00 there", () => {
  const read = readPlaceClocks(of("US-FL"));
  expect(read.map(({ zones, isOpen, changesAt }) => [zones, isOpen, changesAt])).toEqual([
    [["America/New_York"], true, new Date("2026-12-01T01:00:00Z")],
    [["America/Chicago"], true, new Date("2026-12-01T02:00:00Z")],
  ]);
});

it("maps the week from today on, with the hours of the law", () => {
  const [clock] = readPlaceClocks(of("US-FL"));
  expect(clock?.week.map(({ date }) => date)).toEqual([
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2026-12-03",
    "2026-12-04",
    "2026-12-05",
    "2026-12-06",
  ]);
  expect(clock?.week.map(({ spans }) => spans)).toEqual(
    Array.from({ length: 7 }, () => [[8 * 60, 20 * 60]]),
  );
});

it("shows zones that always agree as one clock", () => {
  const zones = ["America/New_York", "America/Detroit"];
  expect(readPlaceClocks(of("US-FL", { zones })).map((clock) => clock.zones)).toEqual([zones]);
});

it("shows the clocks of a wide country from east to west", () => {
  const zones = ["Europe/Moscow", "Asia/Kamchatka", "Europe/Kaliningrad", "Asia/Omsk"];
  expect(readPlaceClocks(of("RU", { zones })).flatMap((clock) => clock.zones)).toEqual([
    "Asia/Kamchatka",
    "Asia/Omsk",
    "Europe/Moscow",
    "Europe/Kaliningrad",
  ]);
});

it("opens after a Sunday and after days that an officer closed", () => {
  const saturday = new Date("2026-11-28T17:30:00Z");
  const open = (closedDays: PlaceInput["closedDays"]) =>
    readPlaceClocks(of("RU", { zones: ["Europe/Moscow"], at: saturday, closedDays }))[0];
  expect(open([])).toMatchObject({ isOpen: false, changesAt: new Date("2026-11-30T06:00:00Z") });
  const later = open([{ first: "2026-11-30", last: "2026-12-01" }]);
  expect(later?.changesAt).toEqual(new Date("2026-12-02T06:00:00Z"));
  expect(later?.week[2]).toEqual({ date: "2026-11-30", spans: [] });
});

it("is open without an end where the hours never close", () => {
  const policy: PlaceInput["policy"] = {
    windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" }],
    holidaysClosed: false,
  };
  expect(readPlaceClocks(of("RU", { zones: ["Europe/Moscow"], policy }))[0]).toMatchObject({
    isOpen: true,
    changesAt: null,
  });
});

it("changes the hours within the week when a rule begins", () => {
  // Ramadan begins on 7 February 2027.
  const at = new Date("2027-02-05T09:00:00Z");
  const [clock] = readPlaceClocks(of("SA", { at }));
  const hours = new Map(clock?.week.map(({ date, spans }) => [date, spans]));
  expect(hours.get("2027-02-06")).not.toEqual(hours.get("2027-02-07"));
});

it("lists holidays with the rule, and days that an officer closed", () => {
  const days = listSpecialDays(
    of("US-LA", { closedDays: [{ first: "2027-03-05", last: "2027-03-05" }] }),
    "2026-11-30",
  );
  expect(days).toContainEqual({ date: "2026-12-25", spans: [], rules: ["US-LA.hours"] });
  expect(days).toContainEqual({ date: "2027-03-05", spans: [], rules: [] });
  expect(days.every(({ date }) => date >= "2026-11-30" && date < "2027-11-30")).toBe(true);
});

it("says whether each hour is open, partly open or closed", () => {
  const states = listHourStates({ date: "2026-11-30", spans: [[8 * 60 + 30, 20 * 60]] });
  expect(states[7]).toBe("closed");
  expect(states[8]).toBe("partly");
  expect(states.slice(9, 20)).toEqual(Array.from({ length: 11 }, () => "open"));
  expect(states[20]).toBe("closed");
});

it("is open only while all rule books that judge are open", () => {
  const earlier: RuleBook = {
    ...bundledRuleBook,
    rules: bundledRuleBook.rules.map((rule) =>
      rule.id === "US-FL.hours" && rule.type === "calling_hours" && rule.value.windows !== null
        ? {
            ...rule,
            value: {
              ...rule.value,
              windows: rule.value.windows.map((one) => ({ ...one, from: "09:00", to: "18:00" })),
            },
          }
        : rule,
    ),
  };
  const [clock] = readPlaceClocks(of("US-FL", { books: [bundledRuleBook, earlier] }));
  expect(clock?.changesAt).toEqual(new Date("2026-11-30T23:00:00Z"));
  expect(clock?.week[0]?.spans).toEqual([[9 * 60, 18 * 60]]);
});
