import { describe, expect, it } from "vitest";
import { toExampleFacts } from "../../../testing/example-facts.ts";
import { listLineage, bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { listRegionZones, lookUpPlan } from "../../people/phone/index.ts";
import type { HoursWindow } from "../../platform/time/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { listRulesOfCall } from "./applied-rules.ts";
import { screen } from "./screen.ts";

/** For every place of the law, numbers of each of its time zones. A number of several zones stands for all of them. */
const numbers: Readonly<Record<string, string>> = {
  RU: "73015550100 73025550100 73455501000 73412345678 73815550100 73825550100 73835550100 73845550100 73855550100 73912345678 74234567890 74155501000 74165550100 74112345678 74135550100 74245550100 74275550100 74715550100 78335550100 78425550100 78445550100 78455550100 78515550100 79003455550 79542345678",
  US: "12175550100 13085550100 18085550100",
  "US-FL": "12395550100 14485550100",
  "US-OK": "14055550100",
  "US-MD": "12275550100",
  "US-WA": "12065550100",
  "US-TX": "12145550100 19155501000",
  "US-NY": "12125550100",
  "US-CT": "12035550100",
  "US-NJ": "12015550100",
  "US-MA": "13395550100",
  "US-VA": "12765550100",
  "US-OR": "14585550100 15035550100",
  "US-AL": "12055550100",
  "US-LA": "12255550100",
  "US-MS": "12285550100",
  "US-KY": "15025550100 13645550100",
  "US-MI": "12315550100 19065550100",
  "US-MN": "12185550100",
  "US-NM": "15055550100",
  "US-NV": "17025550100 17755550100",
  "US-RI": "14015550100",
  "US-UT": "13855550100",
  "US-PA": "12155550100",
  "US-CO": "13035550100",
  "US-IN": "13175550100 12195550100",
  "US-MO": "13145550100",
  "US-TN": "18655550100 16155550100",
  "US-WY": "13075550100",
  "US-AR": "13275550100",
  "US-SD": "16055550100",
  "US-CA": "12095550100",
  "US-ME": "12075550100",
  "US-AZ": "16235550100 19285550100",
  "US-MT": "14065550100",
  "US-PR": "17875550100",
  "US-VI": "13402010142",
  "US-GU": "16716881234",
  "US-AS": "16847331234",
  "US-MP": "16702341234",
  "US-AK": "19075550100",
  "US-DC": "12025550100",
  "US-ID": "12085550100",
  "US-OH": "16145550100",
  "US-VT": "18025550100",
  CA: "12045550100 12265550100 12365550100 13685550100 13065550100 17825550100 13675550100 15065550100 17095550100 18675550100",
  GB: "442079460100",
  DE: "493055501000",
  FR: "33155501000",
  IT: "390655501000",
  ES: "34822555010 34915550100 34612345678",
  NL: "31205550100",
  AT: "4315550100",
  PL: "48225550100",
  AU: "61255550100 61255053555 61355501000 61412345678 61855501000 61755501000",
  IN: "911145550100",
  BR: "551155550100 556855501000 557955501000 559255550100 559655501000 557555010000 558555010000 556755501000 556555501000 559155550100 558155550100 556955501000 559555010000 556355501000",
  SG: "6561234567",
  BE: "3225551212",
  SE: "4685550100",
  DK: "4533550100",
  IE: "35315550100",
  CH: "41445550100",
  PT: "351215550100 351292555010 351912345678",
  UA: "380445550100 73655501000 380501234567",
  MY: "60355550100",
  HK: "85223456789",
  NZ: "6495550100 6433050100 64211234567",
  JP: "81355501000",
  KR: "8225550100",
  MX: "525555550100 526645550100 526675550100 529985550100 528675550100 526145550100 526565550100 526265550100 528685550100",
  AR: "541155550100",
  CO: "576015550100",
  CL: "56225550100 56322100123 56675550100 56612555010 56961234567",
  ZA: "27115550100",
  AE: "97145550100",
  SA: "966115550100",
  TR: "902125550100",
  IL: "97225550100",
};

const cases = Object.entries(numbers).flatMap(([place, digits]) =>
  digits.split(" ").map((one) => [place, Number(one)] as const),
);

/** Zones whose clock another zone of the place has: nobody can tell them apart by a number. */
const sameClock = new Set(["America/Atikokan", "America/Dawson", "America/Hermosillo"]);

it("has numbers of every zone of every place of the law", () => {
  const missing = [...bundledRuleBook.jurisdictions.keys()].flatMap((place) => {
    const own = new Set(
      cases.flatMap(([id, digits]) => (id.startsWith(place) ? lookUpPlan(digits).zones : [])),
    );
    return listRegionZones(place)
      .filter((zone) => !own.has(zone) && !sameClock.has(zone))
      .map((zone) => `${place} ${zone}`);
  });
  expect(missing).toEqual([]);
});

// A Thursday in winter and one in summer, which are no holidays in these places.
const days = ["2026-12-10", "2026-06-11"];

describe.each(days)("on %s", (day) => {
  it.each(cases)("calls %s, +%d, exactly in the hours of each of its zones", (place, digits) => {
    const { jurisdictions, zones } = factsAt(digits, new Date(`${day}T12:00Z`));
    expect(jurisdictions.flatMap((id) => listLineage(bundledRuleBook, id))).toContain(place);
    expect(zones).not.toEqual([]);
    for (const zone of zones) {
      for (const edge of listEdges(factsAt(digits, noon(day, zone)))) {
        const at = toInstant(day, edge, zone);
        const before = new Date(at.getTime() - 60_000);
        expect([zone, edge, isOpen(digits, before), isOpen(digits, at)]).toEqual([
          zone,
          edge,
          isExpectedOpen(digits, before),
          isExpectedOpen(digits, at),
        ]);
      }
    }
  });
});

const factsAt = (digits: number, at: Date) =>
  toExampleFacts({
    phone: `+${digits}`,
    at: at.toISOString(),
    attributes: {},
    expected: { verdict: "allow", reason: null },
    why: "",
  });

const hoursReasons = new Set(["outside-calling-hours", "day-not-allowed"]);
const isOpen = (digits: number, at: Date) =>
  !screen(factsAt(digits, at)).refusals.some(({ reason }) => hoursReasons.has(reason));

/** The hours that must be kept, and the clock by which: the person's, or the one that the law names. */
type Hours = { windows: readonly HoursWindow[]; clock: string | null };

/** Lists the hours of the law, and those of the organization where one of the places has none. */
function listHours(facts: ScreeningFacts): Hours[] {
  const laws = listRulesOfCall(facts, "calling_hours").flatMap(({ jurisdiction, effect, value }) =>
    effect === "warn" || value.windows === null
      ? []
      : {
          jurisdiction,
          windows: value.windows,
          clock: value.tz_basis === "called_party_location" ? null : value.tz_basis,
        },
  );
  const hasLaw = (place: string) =>
    laws.some(({ jurisdiction }) => listLineage(bundledRuleBook, place).includes(jurisdiction));
  const policy = { windows: facts.policy.hours.windows, clock: null };
  return facts.jurisdictions.every(hasLaw) ? laws : [...laws, policy];
}

const listEdges = (facts: ScreeningFacts): string[] => [
  ...new Set(
    listHours(facts).flatMap(({ windows }) =>
      windows.filter(({ days }) => days.includes("TH")).flatMap(({ from, to }) => [from, to]),
    ),
  ),
];

/** By the clocks of the platform, which know nothing of ours. */
function isExpectedOpen(digits: number, at: Date): boolean {
  const facts = factsAt(digits, at);
  return facts.zones.every((zone) =>
    listHours(facts).every(({ windows, clock }) => {
      const { day, time } = readClock(clock ?? zone, at);
      return windows.some(
        ({ days, from, to }) => days.some((one) => one === day) && from <= time && time < to,
      );
    }),
  );
}

function readClock(zone: string, at: Date) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return {
    day: read("weekday").slice(0, 2).toUpperCase(),
    time: `${read("hour")}:${read("minute")}`,
  };
}

const noon = (day: string, zone: string) => toInstant(day, "12:00", zone);

/** Finds when a zone's clock shows a time of a day, without a change of clocks on it. */
function toInstant(day: string, time: string, zone: string): Date {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const asUtc = Date.parse(`${day}T00:00Z`) + (hour * 60 + minute) * 60_000;
  const name = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(new Date(asUtc))
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hours = "0", minutes = "0"] =
    /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "") ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return new Date(asUtc - offset * 60_000);
}
