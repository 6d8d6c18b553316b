import fc from "fast-check";
import { expect, it } from "vitest";
import { Amount, createActivityKey } from "./activity.ts";
import { withCommonTypes } from "./activity-type.ts";
import { readActivityRow } from "./read-activity-row.ts";

const types = withCommonTypes([
  { key: "test-drive", properties: { model: "text", minutes: "number", on: "date", sold: "flag" } },
  { key: "purchase", properties: { gift: "flag" } },
]);
const world = { types, region: "US", now: new Date("2026-03-01T12:00:00Z") };
const aVisit = { contact: "7", type: "visit", at: "2026-03-01T09:00:00Z" };
const read = (more: object) => readActivityRow(1, { ...aVisit, ...more }, world);

it("reads a purchase with its items: what it came to, and what most was spent on", () => {
  const items = [
    { name: "Pen", category: "office", quantity: 3, price: 1.1 },
    { sku: "t-1", category: "garden", price: "12.50" },
  ];
  expect(read({ type: "purchase", items, properties: { gift: "true" } })).toMatchObject({
    status: "read",
    reference: { externalId: "7" },
    activity: {
      amount: 1580,
      category: "garden",
      properties: {
        gift: true,
        items: [
          { name: "Pen", category: "office", quantity: 3, price: 110 },
          { sku: "t-1", category: "garden", quantity: 1, price: 1250 },
        ],
      },
    },
  });
});

it("reads properties by the types that the organization gave them", () => {
  const properties = { model: 7, minutes: "12.5", on: "2026-02-28", sold: false };
  expect(read({ type: "test-drive", properties })).toMatchObject({
    activity: { properties: { model: "7", minutes: 12.5, on: "2026-02-28", sold: false } },
  });
});

it("names a person by all that it was sent", () => {
  const named = { phone: "(201) 555-0100", email: "Ada@Example.org" };
  expect(read({ contact: undefined, ...named })).toMatchObject({
    reference: { phone: "+12015550100", email: "ada@example.org" },
  });
});

it("takes every amount of whole hundredths, however large", () => {
  expect(Amount.parse(286_477_722_868.54)).toBe(286_477_722_868.54);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e14 - 1 }), (hundredths) => {
      const amount = hundredths / 100;
      expect(Amount.parse(amount)).toBe(amount);
      expect(Amount.parse(amount.toFixed(2))).toBe(amount);
    }),
  );
});

it.each([
  [{ at: "2026-03-01T12:00:01Z" }, "/at", "activity.from-the-future"],
  [{ at: "yesterday" }, "/at", "fault.format"],
  [{ type: "purchace" }, "/type", "activity.type-unknown"],
  [{ type: "purchase" }, "/amount", "activity.amount-missing"],
  [{ contact: "" }, "", "activity.nobody"],
  [{ phone: "call me" }, "/phone", "phone.letters"],
  [{ categroy: "shoes" }, "/categroy", "fault.unknown-key"],
  [{ items: [{ price: 1, qty: 2 }] }, "/items/0/qty", "fault.unknown-key"],
  [{ amount: -1 }, "/amount", "activity.amount-odd"],
  [{ amount: 1.005 }, "/amount", "activity.amount-fine"],
  [{ externalId: "erased/7" }, "/externalId", "activity.id-reserved"],
  [{ amount: "1,5" }, "/amount", "activity.amount-unread"],
  [{ properties: { colour: "red" } }, "/properties/colour", "activity.property-unknown"],
  [{ properties: { page: "\0" } }, "/properties/page", "fault.odd-character"],
  [
    { type: "test-drive", properties: { on: "2026-02-30" } },
    "/properties/on",
    "activity.property-unread",
  ],
  [
    { type: "test-drive", properties: { minutes: "ten" } },
    "/properties/minutes",
    "activity.property-unread",
  ],
  [
    { type: "test-drive", properties: { sold: "yes" } },
    "/properties/sold",
    "activity.property-unread",
  ],
])("says what is wrong with %j", (more, path, key) => {
  expect(read(more)).toMatchObject({ status: "rejected", path, message: { key } });
});

it("computes one key for equal activities of one person, and uses the sender's id if there is one", () => {
  const activity = {
    type: "visit",
    at: new Date(0),
    amount: null,
    category: null,
    properties: { page: "/", source: "mail" },
  };
  const same = { ...activity, properties: { source: "mail", page: "/" } };
  expect(createActivityKey(undefined, 1, same)).toBe(createActivityKey(undefined, 1, activity));
  const others = [
    createActivityKey(undefined, 2, activity),
    createActivityKey(undefined, 1, { ...activity, at: new Date(1) }),
    createActivityKey(undefined, 1, { ...activity, properties: { page: "/x" } }),
  ];
  expect(others).not.toContain(createActivityKey(undefined, 1, activity));
  expect(createActivityKey("order-7", 1, activity)).toBe("order-7");
});
