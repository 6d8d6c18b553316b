import { expect, it } from "vitest";
import { z } from "zod";
import { toFaults } from "./faults.ts";
import { say } from "./say.ts";

const Order = z.strictObject({
  phone: z.string().max(5),
  count: z.int().min(1),
  kind: z.enum(["call", "text"]),
  at: z.iso.datetime({ offset: true }),
  tags: z.array(z.string().min(1)).max(2),
  text: z.union([
    z.object({ id: z.uuid(), version: z.int() }),
    z.object({ text: z.string(), language: z.string() }),
  ]),
  scores: z.record(z.string().max(1), z.number()),
  scope: z.discriminatedUnion("type", [z.object({ type: z.literal("all") })]),
});

const sound = {
  phone: "12345",
  count: 1,
  kind: "call",
  at: "2026-03-01T09:00:00Z",
  tags: ["a"],
  text: { text: "Yes", language: "en" },
  scores: { a: 1 },
  scope: { type: "all" },
};

/** The faults of a sound order with some of its fields replaced, in English. */
function faults(spoiled: object) {
  const input = { ...sound, ...spoiled };
  const { error } = Order.safeParse(input);
  if (error === undefined) return [];
  return toFaults(error, input).map(({ path, message }) => `${path}: ${say("en", message)}`);
}

it("finds no fault in a valid input", () => {
  expect(faults({})).toEqual([]);
});

it.each<[string, object, string]>([
  ["what is missing", { phone: undefined }, "/phone: This field is required."],
  ["a missing choice", { kind: undefined }, "/kind: This field is required."],
  ["another type", { phone: 7 }, "/phone: This must be a string."],
  ["null", { phone: null }, "/phone: This must be a string."],
  ["a fraction", { count: 1.5 }, "/count: This must be a whole number."],
  ["what is too long", { phone: "123456" }, "/phone: This may have at most 5 characters."],
  ["too many", { tags: ["a", "b", "c"] }, "/tags: This may have at most 2 items."],
  ["what is too small", { count: 0 }, "/count: This must be 1 or more."],
  ["what is empty, by its place", { tags: ["a", ""] }, "/tags/1: This needs at least 1 character."],
  ["another choice", { kind: "fax" }, "/kind: This must be one of: call, text."],
  [
    "a broken instant",
    { at: "noon" },
    "/at: This must be a date and time, such as 2026-03-01T09:00:00Z.",
  ],
  [
    "a field that nobody knows",
    { "a/b": 1 },
    "/a~1b: There is no such field. Correct its name or remove it.",
  ],
  ["a broken key", { scores: { ab: 1 } }, "/scores/ab: This may have at most 1 character."],
  ["no form of several", { scope: { type: "none" } }, "/scope/type: This must be one of: all."],
])("says what is wrong: %s", (_, spoiled, sentence) => {
  expect(faults(spoiled)).toEqual([sentence]);
});

it("compares with the form that was most nearly met", () => {
  expect(faults({ text: { text: "Yes" } })).toEqual(["/text/language: This field is required."]);
});

it("reports every fault", () => {
  expect(faults({ phone: 7, count: 0 })).toHaveLength(2);
});

it("reports a fault of the whole if there is no input", () => {
  const { error } = Order.safeParse(undefined);
  expect(error && toFaults(error, undefined)).toMatchObject([{ path: "" }]);
});
