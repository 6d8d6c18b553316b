import fc from "fast-check";
import { it } from "vitest";
import { intersect, isWithin } from "./opening-hours-of-a-day.ts";

const minute = fc.nat({ max: 60 });
const spans = fc.array(
  fc.tuple(minute, minute).filter(([from, to]) => from < to),
  { maxLength: 4 },
);

it("intersects to exactly the hours that are open in both", () => {
  fc.assert(
    fc.property(spans, spans, minute, (some, others, minute) => {
      const both = isWithin(some, minute) && isWithin(others, minute);
      return isWithin(intersect(some, others), minute) === both;
    }),
  );
});

it("intersects to nothing with hours that are never open", () => {
  fc.assert(
    fc.property(spans, spans, (some, others) =>
      intersect(some, others).every(([from, to]) => from < to),
    ),
  );
});
