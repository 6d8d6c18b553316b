import fc from "fast-check";
import { expect, it } from "vitest";
import { anHoursInput } from "../../../../testing/hours.ts";
import { checkCallingHours } from "./check-hours.ts";
import { findNextOpenings } from "./next-openings.ts";

const MINUTE_MS = 60_000;
const SCANNED_MINUTES = 48 * 60;

it("finds the openings that a look at every minute finds", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anHoursInput, (input) => {
      const start = input.at.getTime();
      const opensAt = (at: number) => checkCallingHours({ ...input, at: new Date(at) }) === null;
      const found: number[] = [];
      let wasOpen = opensAt(start);
      for (let minute = 1; minute <= SCANNED_MINUTES; minute++) {
        const isOpen = opensAt(start + minute * MINUTE_MS);
        if (isOpen && !wasOpen) found.push(start + minute * MINUTE_MS);
        wasOpen = isOpen;
      }
      const until = new Date(start + SCANNED_MINUTES * MINUTE_MS);
      expect([...findNextOpenings(input, until)].map((at) => at.getTime())).toEqual(found);
    }),
    { numRuns: 100 },
  );
});
