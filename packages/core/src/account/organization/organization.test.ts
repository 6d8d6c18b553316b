import { expect, it } from "vitest";
import { findPlacementFault } from "../purpose/index.ts";
import { CreateOrganization, OrganizationHours, firstPurposes } from "./organization.ts";

const acme = {
  name: " Acme Calls ",
  homeRegion: "us",
  zone: "America/Chicago",
  locale: "en",
  seller: { name: "Acme" },
  owner: { name: "Ada", email: " Ada@Example.com ", password: "a field of poppies" },
};

it("reads what people write", () => {
  expect(CreateOrganization.parse(acme)).toMatchObject({
    name: "Acme Calls",
    homeRegion: "US",
    seller: { sector: "other" },
    owner: { email: "ada@example.com" },
  });
});

it.each<[object, string]>([
  [{ name: " " }, "fault.name-missing"],
  [{ homeRegion: "XX" }, "organization.region-unknown"],
  [{ homeRegion: "USA" }, "organization.region-unknown"],
  [{ zone: "Mars/Olympus" }, "contact.zone-unknown"],
  [{ seller: { name: "" } }, "fault.name-missing"],
])("does not take %j: %s", (spoiled, key) => {
  const { error } = CreateOrganization.safeParse({ ...acme, ...spoiled });
  expect(error?.issues.map(({ message }) => message)).toEqual([key]);
});

it.each([{ locale: "de" }, { owner: { ...acme.owner, email: "ada" } }])(
  "does not take %j",
  (spoiled) => {
    expect(CreateOrganization.safeParse({ ...acme, ...spoiled }).success).toBe(false);
  },
);

it("begins with purposes that could be added by hand", () => {
  firstPurposes.forEach((purpose, index) => {
    expect(findPlacementFault(firstPurposes.slice(0, index), purpose)).toBeNull();
  });
});

const weekdays = { days: ["MO", "TU"], from: "10:00", to: "18:00" };

const isTaken = (window: object) =>
  OrganizationHours.safeParse({ windows: [window], holidaysClosed: true }).success;

it("takes hours of at least one day", () => {
  expect(isTaken(weekdays)).toBe(true);
  expect(isTaken({ ...weekdays, to: "24:00" })).toBe(true);
});

it.each([
  ["no day", { days: [] }],
  ["a day that there is not", { days: ["XX"] }],
  ["an end before the beginning", { to: "09:00" }],
  ["an end at the beginning", { to: "10:00" }],
  ["an hour that there is not", { from: "25:00" }],
])("does not take %s", (_, spoiled) => {
  expect(isTaken({ ...weekdays, ...spoiled })).toBe(false);
});
