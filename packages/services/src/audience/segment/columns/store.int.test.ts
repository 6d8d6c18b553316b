import { expect, it } from "vitest";
import { db } from "../../../../testing/scenes.ts";
import { aScene, buyers } from "../../../../testing/segment-scene.ts";
import { countRule } from "../preview-rule.ts";
import { openColumnStore } from "./store.ts";

const fail = (error: unknown) => {
  throw error;
};
const at = new Date("2026-02-01T00:00:00Z");

it("leaves organizations to the database that are small or too large to fit", async () => {
  const ctx = await aScene();
  const few = openColumnStore(db, { onError: fail });
  expect(await few.load(ctx.organizationId)).toBeNull();
  const small = openColumnStore(db, { maxBytes: 10, minPeople: 1, onError: fail });
  expect(await small.load(ctx.organizationId)).toBeNull();
  expect(await countRule({ ...ctx, columns: small }, { rule: buyers })).toMatchObject({ count: 2 });
  expect(await countRule({ ...ctx, columns: few }, { rule: buyers })).toMatchObject({ count: 2 });
});

it("loads an organization in the background at the first question, and drops the least recently used", async () => {
  const [first, second] = [await aScene(), await aScene()];
  const measured = openColumnStore(db, { minPeople: 1, onError: fail });
  const bytes = (await measured.load(first.organizationId))?.bytes ?? 0;
  const columns = openColumnStore(db, { maxBytes: bytes * 1.5, minPeople: 1, onError: fail });
  expect(columns.find(first.organizationId, at)).toBeNull();
  await columns.load(first.organizationId);
  expect(columns.find(first.organizationId, at)).not.toBeNull();
  await columns.load(second.organizationId);
  expect(columns.find(second.organizationId, at)).not.toBeNull();
  expect(columns.find(first.organizationId, at)).toBeNull();
});
