import { ListImports } from "@ringfence/core/desk/import";
import { expect, it } from "vitest";
import { aFileContext, anUpload } from "../../../testing/imports.ts";
import { as } from "../../../testing/scenes.ts";
import { listImports } from "./list-imports.ts";
import { readImport } from "./read-import.ts";
import { readRemarkedRows } from "./read-remarked-rows.ts";

async function scene() {
  const ctx = await aFileContext();
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await anUpload(ctx, "contacts", "id\n1\n")).id);
  const list = (input: object = {}, by = ctx) => listImports(by, ListImports.parse(input));
  return { ctx, ids, list };
}

it("lists imports page after page, the last first", async () => {
  const { ids, list } = await scene();
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, after: first.next });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.next).toBeNull();
});

it("is not for agents", async () => {
  const { ctx, list } = await scene();
  await expect(list({}, { ...ctx, ...as(ctx, "agent") })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("lists none of another organization", async () => {
  const [{ ctx }, other] = [await scene(), await aFileContext()];
  expect((await listImports(other, { limit: 10 })).items).toEqual([]);
  expect((await listImports(ctx, { limit: 10 })).items).toHaveLength(3);
});

it("shows marketers the imports of contacts and activities, and no others", async () => {
  const { ctx, ids, list } = await scene();
  const { id } = await anUpload(ctx, "opt_outs", "phone\n+12015550123\n");
  const marketer = { ...ctx, ...as(ctx, "marketer") };
  expect((await list({}, marketer)).items.map((one) => one.id)).toEqual(ids.toReversed());
  expect((await list()).items).toHaveLength(4);
  await expect(readImport(marketer, id)).rejects.toMatchObject({ code: "not-found" });
  await expect(readRemarkedRows(marketer, id)).rejects.toMatchObject({ code: "not-found" });
});
