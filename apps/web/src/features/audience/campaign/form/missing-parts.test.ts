import { type Role, may } from "@ringfence/core/platform/access";
import { expect, it } from "vitest";
import { listMissingParts } from "./missing-parts";

const nothing = { sellers: [], offers: [], segments: [] };
const mayAs = (role: Role) => (action: Parameters<typeof may>[1]) =>
  may({ type: "member", id: "ada", role, sellerIds: [] }, action);

it("leads an officer to the pages that create what is missing", () => {
  expect(listMissingParts(nothing, mayAs("officer"))).toEqual([
    { part: "sellers", href: "/organization", mayCreate: true },
    { part: "offers", href: "/offers/new", mayCreate: true },
    { part: "segments", href: "/segments/new", mayCreate: true },
  ]);
});

it("links only to pages on which the member may create something", () => {
  const missing = listMissingParts(nothing, mayAs("marketer"));
  expect(missing.filter(({ mayCreate }) => mayCreate).map(({ part }) => part)).toEqual([
    "offers",
    "segments",
  ]);
});

it("leaves out parts that exist", () => {
  const offers = [{ id: "1", name: "Savings account" }];
  const sellers = [{ key: "bank", name: "Example Bank" }];
  expect(listMissingParts({ ...nothing, offers, sellers }, mayAs("owner"))).toMatchObject([
    { part: "segments" },
  ]);
  const segments = [{ id: "2", name: "Savers" }];
  expect(listMissingParts({ offers, sellers, segments }, mayAs("owner"))).toEqual([]);
});
