import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { recordContacts } from "../contact/record-contacts.ts";
import type { RootContext } from "../../platform/context.ts";
import { defineActivityType } from "./activity-types.ts";
import { recordActivities } from "./record-activities.ts";

const testDrive = { key: "test-drive", properties: { model: "text" } } as const;

async function sends(ctx: RootContext, type: string, properties: object) {
  await recordContacts(ctx, { rows: [{ externalId: "ada" }] });
  const row = { contact: "ada", type, at: "2026-03-01T09:00:00Z", amount: 1, properties };
  return (await recordActivities(ctx, { rows: [row] })).rows[0]?.status;
}

it("accepts activities of a defined type, and its new properties from then on", async () => {
  const ctx = await aContext();
  expect(await sends(ctx, "test-drive", { model: "T" })).toBe("rejected");

  expect(await defineActivityType(ctx, testDrive)).toEqual(testDrive);
  expect(await sends(ctx, "test-drive", { model: "T" })).toBe("created");

  const more = { key: "test-drive", properties: { minutes: "number" } } as const;
  expect(await defineActivityType(ctx, more)).toEqual({
    key: "test-drive",
    properties: { model: "text", minutes: "number" },
  });
  expect(await sends(ctx, "test-drive", { model: "T", minutes: 5 })).toBe("created");
});

it("adds to the types that everybody has", async () => {
  const ctx = await aContext();
  await defineActivityType(ctx, { key: "purchase", properties: { gift: "flag" } });
  expect(await sends(ctx, "purchase", { gift: true, channel: "web" })).toBe("created");
});

it("changes nothing that is read already", async () => {
  const ctx = await aContext();
  await defineActivityType(ctx, testDrive);
  const changed = { key: "test-drive", properties: { model: "number" } } as const;
  await expect(defineActivityType(ctx, changed)).rejects.toMatchObject({
    code: "conflict",
    path: "/properties/model",
  });
  const common = { key: "visit", properties: { page: "flag" } } as const;
  await expect(defineActivityType(ctx, common)).rejects.toMatchObject({ code: "conflict" });
});

const some = (prefix: string, count: number) => ({
  key: "test-drive",
  properties: Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`${prefix}${n}`, "text" as const]),
  ),
});

it("adds no more properties than can be read again, and still reads the existing ones", async () => {
  const ctx = await aContext();
  await defineActivityType(ctx, some("a", 30));
  await expect(defineActivityType(ctx, some("b", 21))).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "activity.properties-many" },
  });
  expect(await sends(ctx, "test-drive", { a0: "T" })).toBe("created");
  await defineActivityType(ctx, some("b", 20));
  expect(await sends(ctx, "test-drive", { b0: "T" })).toBe("created");
});

it("loses nothing of two that add at once", async () => {
  const ctx = await aContext();
  const all = ["a", "b", "c", "d"].map((name) => defineActivityType(ctx, some(name, 1)));
  await Promise.all(all);
  expect(await sends(ctx, "test-drive", { a0: "1", b0: "2", c0: "3", d0: "4" })).toBe("created");
});

it("is not for agents, and reaches no further than to its own: another organization has it not", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await expect(defineActivityType(as(ctx, "agent"), testDrive)).rejects.toMatchObject({
    code: "forbidden",
  });
  await defineActivityType(ctx, testDrive);
  expect(await sends(other, "test-drive", { model: "T" })).toBe("rejected");
});
