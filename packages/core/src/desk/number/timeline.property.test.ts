import fc from "fast-check";
import { expect, it } from "vitest";
import { latestFirst, TimelineCursor, writeCursor } from "./timeline.ts";

const [first, last] = [new Date("1900-01-01"), new Date("9999-12-31")];
const cursor = fc.record({
  // Often of one instant, so that the id decides.
  at: fc.oneof(
    fc.constantFrom(first, last),
    fc.date({ min: first, max: last, noInvalidDate: true }),
  ),
  id: fc.uuid(),
});

it("parses a cursor that it formatted", () => {
  fc.assert(
    fc.property(cursor, (written) => {
      expect(TimelineCursor.parse(writeCursor(written))).toEqual(written);
    }),
  );
});

it("reads no other text, and throws at none", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(TimelineCursor.safeParse(text).success).toBe(false);
    }),
  );
});

it("sorts events in the same order, however they arrive", () => {
  const events = fc.uniqueArray(cursor, { selector: ({ id }) => id });
  fc.assert(
    fc.property(events, (events) => {
      const sorted = events.toSorted(latestFirst);
      expect(events.toReversed().toSorted(latestFirst)).toEqual(sorted);
      for (const [i, event] of sorted.slice(1).entries()) {
        expect(event.at.getTime()).toBeLessThanOrEqual(sorted[i]?.at.getTime() ?? 0);
      }
    }),
  );
});
