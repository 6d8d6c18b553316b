import { expect, it } from "vitest";
import type { RegistryRequirement } from "../../people/jurisdiction/index.ts";
import { type ConnectedRegistry, assessCoverage } from "./coverage.ts";

const dncl: RegistryRequirement = {
  code: "CA-DNCL",
  name: "National DNCL",
  ruleId: "ca-dncl",
  limitDays: 31,
  isLifted: true,
  isPartial: false,
  warnsWhenUnread: false,
};
const read = (ageDays: number | null): ConnectedRegistry => ({ ageDays, ownDays: 10 });

const cover = (
  demand: Partial<RegistryRequirement>,
  held: ConnectedRegistry | null,
  outside: [string, number][] = [],
) =>
  assessCoverage(
    "CA",
    [{ ...dncl, ...demand }],
    { contacts: 12_400, outside: new Map(outside) },
    new Map(held ? [["CA-DNCL", held]] : []),
  );

it.each([
  [null, "none", 12_400],
  [read(null), "none", 12_400],
  [read(3), "fresh", 0],
  [read(30), "near", 0],
  [read(31.01), "stale", 12_400],
])("of %j the list is %s, and %s contacts cannot be called", (held, state, refused) => {
  expect(cover({}, held)).toMatchObject({ refused, registries: [{ state }] });
});

it("uses the organization's own limit if rules set none", () => {
  expect(cover({ limitDays: null }, read(11)).registries).toMatchObject([{ state: "stale" }]);
  expect(cover({ limitDays: null }, null).registries).toMatchObject([{ state: "none" }]);
});

it("counts contacts for whom a fresh list does not answer", () => {
  expect(cover({}, read(3), [["CA-DNCL", 7]])).toMatchObject({ refused: 7 });
  expect(cover({}, read(40), [["CA-DNCL", 7]])).toMatchObject({ refused: 12_400 });
});

it("says what contacts lack: a fresh list, or one that covers their area codes", () => {
  expect(cover({}, null, [["CA-DNCL", 7]])).toMatchObject({ lacks: "fresh-list" });
  expect(cover({}, read(40), [["CA-DNCL", 7]])).toMatchObject({ lacks: "fresh-list" });
  expect(cover({}, read(3), [["CA-DNCL", 7]])).toMatchObject({ lacks: "area" });
  expect(cover({}, read(3), [["CA-DNCL", 12_400]])).toMatchObject({ lacks: "area" });
});

it("counts nobody as refused for a list that only warns, or that applies only to some calls", () => {
  expect(cover({ warnsWhenUnread: true }, null)).toMatchObject({ refused: 0 });
  expect(cover({ warnsWhenUnread: true }, read(null))).toMatchObject({ refused: 12_400 });
  expect(cover({ isPartial: true }, null)).toMatchObject({ refused: 0 });
});

it("says whether consent makes up for every missing list", () => {
  const both = [dncl, { ...dncl, code: "CA-2", isLifted: false }];
  const counts = { contacts: 2, outside: new Map() };
  expect(assessCoverage("CA", both, counts, new Map()).isLifted).toBe(false);
  expect(assessCoverage("CA", both, counts, new Map([["CA-2", read(0)]])).isLifted).toBe(true);
});
