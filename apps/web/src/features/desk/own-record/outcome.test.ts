import { expect, it } from "vitest";
import {
  type OwnQuery,
  findAgreement,
  isChosen,
  isComplaintRecorded,
  isDeclined,
  isWithdrawn,
} from "./outcome";

const record = {
  consents: [{ consentId: "in-force" }, { consentId: "ended" }],
  standing: new Set(["in-force"]),
};

it("announces a withdrawal that is on record", () => {
  expect(isWithdrawn({ withdrawn: "ended" }, record)).toBe(true);
});

it.each<OwnQuery>([
  {},
  { taken: "true" },
  { withdrawn: "true" },
  { withdrawn: "" },
  { withdrawn: "in-force" },
  { withdrawn: "another person's" },
  { withdrawn: ["ended", "ended"] },
])("announces none because of a link: %j", (query) => {
  expect(isWithdrawn(query, record)).toBe(false);
});

it("announces a complaint that is on record", () => {
  expect(isComplaintRecorded({ complained: "theirs" }, { complaints: [{ id: "theirs" }] })).toBe(
    true,
  );
});

it.each<OwnQuery>([
  {},
  { complained: "true" },
  { complained: "" },
  { complained: "another person's" },
  { complained: ["theirs", "theirs"] },
])("announces no complaint because of a link: %j", (query) => {
  expect(isComplaintRecorded(query, { complaints: [{ id: "theirs" }] })).toBe(false);
});

it.each<[string, OwnQuery, boolean]>([
  ["one on record", { declined: "theirs" }, true],
  ["one that was corrected", { declined: "corrected" }, false],
  ["another person's", { declined: "stranger's" }, false],
  ["none", {}, false],
])("announces an opt-out that applies: %s", (_, query, expected) => {
  const refusals = [
    { id: "theirs", correctedAt: null },
    { id: "corrected", correctedAt: new Date(0) },
  ];
  expect(isDeclined(query, { refusals })).toBe(expected);
});

it("announces only a choice that is in force", () => {
  const preferences = [{ id: "theirs" }];
  expect(isChosen({ chosen: "theirs" }, { preferences })).toBe(true);
  expect(isChosen({ chosen: "stranger's" }, { preferences })).toBe(false);
  expect(isChosen({}, { preferences })).toBe(false);
});

const agreements = {
  consents: [
    { consentId: "confirmed", type: "granted" },
    { consentId: "waiting", type: "requested" },
    { consentId: "confirmed", type: "requested" },
    { consentId: "taken back", type: "withdrawn" },
  ],
  standing: new Set(["confirmed", "waiting"]),
};

it("says of an agreement what the latest record says", () => {
  expect(findAgreement({ agreed: "confirmed" }, agreements)).toBe("counts");
  expect(findAgreement({ agreed: "waiting" }, agreements)).toBe("waits");
});

it.each<OwnQuery>([
  {},
  { agreed: "" },
  { agreed: "taken back" },
  { agreed: "another person's" },
  { agreed: ["confirmed", "confirmed"] },
])("announces no agreement because of a link: %j", (query) => {
  expect(findAgreement(query, agreements)).toBeNull();
});
