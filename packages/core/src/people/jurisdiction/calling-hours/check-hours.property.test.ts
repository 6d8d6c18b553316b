import fc from "fast-check";
import { expect, it } from "vitest";
import { aPlace, aZone, anHoursInput, someFacts } from "../../../../testing/hours.ts";
import { dayStart, formatMinute, localClock } from "../../../platform/time/index.ts";
import type { HoursInput } from "./hours-rules-in-force.ts";
import { checkCallingHours } from "./check-hours.ts";

const manyRuns = { numRuns: 2_000 };

const allows = (input: HoursInput) => checkCallingHours(input) === null;

it("opens no hour because of one place more", () => {
  fc.assert(
    fc.property(anHoursInput, aPlace, (input, place) => {
      const more = { ...input, jurisdictions: [...input.jurisdictions, place] };
      return allows(input) || !allows(more);
    }),
    manyRuns,
  );
});

it("opens no hour if a fact has no source", () => {
  const key = fc.constantFrom("purpose", "outcome", "state");
  fc.assert(
    fc.property(anHoursInput, key, fc.boolean(), (input, key, isEmpty) => {
      const { [key]: _, ...fewer } = input.facts;
      const facts = isEmpty ? { ...fewer, [key]: [] } : fewer;
      return allows(input) || !allows({ ...input, facts });
    }),
    manyRuns,
  );
});

it("opens no hour because a fact may be one thing more", () => {
  fc.assert(
    fc.property(anHoursInput, someFacts, (input, others) => {
      const { relationshipByPlace: _, ...known } = input.facts;
      const facts = Object.fromEntries(
        Object.entries(known).map(([key, values]) => [
          key,
          [...new Set([...values, ...(others[key as "state"] ?? [])])],
        ]),
      );
      return allows(input) || !allows({ ...input, facts });
    }),
    manyRuns,
  );
});

it("opens where, and only where, each zone is open", () => {
  fc.assert(
    fc.property(anHoursInput, fc.uniqueArray(aZone, { minLength: 2 }), (input, zones) => {
      const each = zones.every((zone) => allows({ ...input, zones: [zone] }));
      return allows({ ...input, zones }) === each;
    }),
    manyRuns,
  );
});

it("is kept beside the law where the organization chose the hours: never wider, and never without them", () => {
  fc.assert(
    fc.property(anHoursInput, (input) => {
      const { campaign: _, ...plain } = input;
      const isChosen = allows({ ...plain, jurisdictions: [], choseHours: false });
      const isLawful = allows({ ...input, choseHours: false });
      expect(allows({ ...input, choseHours: true })).toBe(isLawful && isChosen);
    }),
    manyRuns,
  );
});

it("opens at the first minute of a window, and never at its end", () => {
  const minute = fc.nat({ max: 24 * 60 - 1 });
  const alone = fc.record({ input: anHoursInput, zone: aZone, from: minute, to: minute });
  fc.assert(
    fc.property(alone, ({ input, zone, from, to }) => {
      fc.pre(from < to);
      const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
      const window = { days: [...days], from: formatMinute(from), to: formatMinute(to) };
      const policy = { windows: [window], holidaysClosed: false };
      const { minute } = localClock(zone, input.at.getTime());
      const isOpen = allows({ ...input, zones: [zone], jurisdictions: [], policy });
      expect(isOpen).toBe(from <= minute && minute < to);
    }),
    manyRuns,
  );
});

it("blames the day where, and only where, no minute of it is open", () => {
  const zone = "Asia/Kolkata";
  fc.assert(
    fc.property(anHoursInput, (given) => {
      const input = { ...given, zones: [zone] };
      const reason = checkCallingHours(input)?.reason;
      const start = dayStart(zone, localClock(zone, input.at.getTime()).day).getTime();
      const minutes = Array.from({ length: 24 * 60 }, (_, minute) => start + minute * 60_000);
      const opens = minutes.some((at) => allows({ ...input, at: new Date(at) }));
      expect(reason === "day-not-allowed").toBe(!opens);
    }),
    { numRuns: 300 },
  );
});
