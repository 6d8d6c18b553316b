import { expect, it } from "vitest";
import {
  type RegistryState,
  findHoldReason,
  isAcceptable,
  isPlausibleSize,
} from "./hold-edition.ts";
import { addNumber, createNumberSet } from "./numbers/number-set.ts";

it.each([
  [0, 0, false],
  [0, 1, true],
  [100, 0, false],
  [100, 97, false],
  [100, 98, true],
  [100, 200, true],
])("from %i numbers to %i is plausible: %s", (before, after, expected) => {
  expect(isPlausibleSize(before, after, 0.02)).toBe(expected);
});

const before: RegistryState = {
  edition: 7,
  needsFullList: false,
  listed: 1_100,
  areas: { "1213": 100, "1818": 1_000 },
  publishedOn: "2026-08-05",
  changedUntil: null,
};

/** A set of one number in each of so many blocks of an area. */
function aSet(area: number, blocks: number) {
  const set = createNumberSet();
  for (let n = 0; n < blocks; n++) addNumber(set, area * 10_000_000 + n * 10_000);
  return set;
}
const anEdition = {
  kind: "full",
  isFromAnswers: false,
  added: createNumberSet(),
  region: "US",
  changedUntil: null,
} as Parameters<typeof findHoldReason>[0];
const usual = {
  maxShrinkShare: 0.02,
  isAllowList: false,
  repeats: null,
  latestDay: "2026-08-06",
};

const findReason = (
  after: Partial<RegistryState>,
  kind: "full" | "change" = "full",
  was = before,
) => findHoldReason({ ...anEdition, kind }, was, { ...before, ...after }, usual)?.key ?? null;

it("accepts an edition that grew", () => {
  expect(findReason({ listed: 1_200, areas: { "1213": 150, "1818": 1_050 } })).toBeNull();
});

it("holds an edition that lists nothing, or much less", () => {
  expect(findReason({ listed: 0, areas: {} })).toBe("registry.held.empty");
  expect(findReason({ listed: 1_000 })).toBe("registry.held.shrunk");
});

it("holds a list of who may be called if it grew a lot, and not if it shrank or is empty", () => {
  const reason = (listed: number, was = before, edition = anEdition) =>
    findHoldReason(edition, was, { ...before, listed, areas: {} }, { ...usual, isAllowList: true })
      ?.key ?? null;
  expect([reason(0), reason(1_000), reason(1_122)]).toEqual([null, null, null]);
  expect(reason(1_123)).toBe("registry.held.grew");
  expect(reason(1, { ...before, listed: 0 })).toBe("registry.held.grew");
  expect(reason(1_000_000, { ...before, edition: 0, listed: 0 })).toBeNull();
  const canadian = { ...anEdition, added: aSet(1_416, 3) };
  expect(reason(1_000, before, canadian)).toBe("registry.held.other-region");
});

it("finds the one area among many that is truncated or missing", () => {
  expect(findReason({ listed: 1_095, areas: { "1213": 95, "1818": 1_000 } })).toBe(
    "registry.held.area-shrunk",
  );
  expect(findReason({ listed: 1_100, areas: { "1818": 1_100 } })).toBe(
    "registry.held.area-missing",
  );
});

it("does not require areas of a list that answers for every number", () => {
  expect(findReason({ areas: {} })).toBeNull();
});

it("holds an edition that is older than the one in force", () => {
  expect(findReason({ publishedOn: "2026-08-04" })).toBe("registry.held.older");
  expect(findReason({ publishedOn: "2026-08-05" })).toBeNull();
});

it("holds an edition dated in the future", () => {
  expect(findReason({ publishedOn: "2026-08-07" })).toBe("registry.held.future");
  expect(findReason({ publishedOn: "2206-08-05" }, "change")).toBe("registry.held.future");
  expect(findReason({ publishedOn: "2026-08-06" })).toBeNull();
});

it("accepts first answers that list nobody, and later ones if an officer says so", () => {
  const was = { ...before, needsFullList: true, listed: 0, areas: {}, publishedOn: null };
  const answers = { ...anEdition, kind: "change", isFromAnswers: true } as const;
  expect(findHoldReason(answers, was, was, usual)).toBeNull();
  expect(findHoldReason(answers, was, { ...was, listed: 3 }, usual)).toBeNull();
  const repeats = { number: 3, readAt: new Date("2026-03-01") };
  const again = findHoldReason(answers, was, was, { ...usual, repeats });
  expect(again).toMatchObject({ key: "registry.held.repeated" });
  expect(again && isAcceptable(again)).toBe(true);
});

it("holds changes without a list to apply them to", () => {
  const lacking = { ...before, needsFullList: true };
  expect(findReason({}, "change", lacking)).toBe("registry.held.no-full-list");
  expect(findReason({}, "full", lacking)).toBeNull();
  expect(findReason({}, "change")).toBeNull();
});

it.each([
  ["CA", aSet(1_416, 3), "registry.held.other-region"],
  ["none", aSet(1_818, 3), null],
])("holds a list of another country than its registry: %s", (_, added, key) => {
  const fault = findHoldReason({ ...anEdition, added }, before, before, usual);
  expect(fault?.key ?? null).toBe(key);
});

it("accepts some numbers of another country", () => {
  const added = aSet(1_818, 3);
  addNumber(added, 14_165_550_100);
  expect(findHoldReason({ ...anEdition, added }, before, before, usual)).toBeNull();
});

const at = (time: string) => new Date(`2026-08-05T${time}Z`);

it("holds changes that end before those in force, which no officer can accept", () => {
  const was = { ...before, changedUntil: at("10:00:00") };
  const faultAt = (changedUntil: Date | null) =>
    findHoldReason({ ...anEdition, kind: "change", changedUntil }, was, before, usual);
  const fault = faultAt(at("09:59:59"));
  expect(fault).toEqual({
    key: "registry.held.out-of-order",
    values: { before: "2026-08-05 10:00:00", after: "2026-08-05 09:59:59" },
  });
  expect(fault && isAcceptable(fault)).toBe(false);
  expect([faultAt(at("10:00:00")), faultAt(null)]).toEqual([null, null]);
});

it("holds files that were in force before; an officer may accept a full list again", () => {
  const repeats = { number: 3, readAt: at("00:00:00") };
  const faultOfKind = (kind: "full" | "change") =>
    findHoldReason({ ...anEdition, kind }, before, before, { ...usual, repeats });
  expect(faultOfKind("full")).toMatchObject({ key: "registry.held.repeated", values: repeats });
  expect(faultOfKind("change")?.key).toBe("registry.held.repeated-changes");
  expect(
    (["full", "change"] as const).map((k) => isAcceptable(faultOfKind(k) ?? { key: "error.bug" })),
  ).toEqual([true, false]);
});
