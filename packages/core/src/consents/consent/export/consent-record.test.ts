import { expect, it } from "vitest";
import { type RecordState, determineRecordState } from "./consent-record.ts";

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;
const now = day(5);

it.each<[string, [RecordState, number][], string | null, RecordState]>([
  ["a request that nobody answered", [["requested", 1]], null, "requested"],
  [
    "a refusal",
    [
      ["requested", 1],
      ["refused", 2],
    ],
    null,
    "refused",
  ],
  [
    "a request that was confirmed",
    [
      ["requested", 1],
      ["given", 2],
    ],
    null,
    "given",
  ],
  ["a consent that has ended by itself", [["given", 1]], now, "expired"],
  ["a consent that ends later", [["given", 1]], day(6), "given"],
  [
    "a refusal at the time of the grant",
    [
      ["given", 2],
      ["refused", 2],
    ],
    null,
    "refused",
  ],
  [
    "a refusal recorded after a later grant",
    [
      ["given", 3],
      ["refused", 2],
    ],
    null,
    "given",
  ],
  [
    "a withdrawal of one purpose",
    [
      ["given", 1],
      ["withdrawn", 2],
    ],
    null,
    "withdrawn",
  ],
  [
    "an invalidation",
    [
      ["given", 1],
      ["withdrawn", 2],
      ["invalidated", 3],
    ],
    null,
    "invalidated",
  ],
  ["a forged grant", [["unknown", 1]], null, "unknown"],
  [
    "a forged grant after a request",
    [
      ["requested", 1],
      ["unknown", 2],
    ],
    null,
    "requested",
  ],
])("determines the state of %s", (_, events, until, state) => {
  const listed = events.map(([state, at]) => ({ state, at: day(at) }));
  expect(determineRecordState(listed, until, now)).toBe(state);
});
