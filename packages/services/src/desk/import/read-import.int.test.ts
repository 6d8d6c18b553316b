import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFileContext, anUpload, runOnce } from "../../../testing/imports.ts";
import { as } from "../../../testing/scenes.ts";
import { readImport } from "./read-import.ts";

it("shows what came of the latest run", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\n`);
  await runOnce(ctx, id, { isDryRun: true });
  await runOnce(ctx, id);

  expect(await readImport({ ...ctx, ...as(ctx, "auditor") }, id)).toMatchObject({
    isDryRun: false,
    run: { status: "done", outcome: { rows: 1, created: 1, isDryRun: false } },
  });
});

it("is not for agents", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "contacts", "id\n1\n");
  await expect(readImport(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not show an import of another organization", async () => {
  const [ctx, other] = [await aFileContext(), await aFileContext()];
  const { id } = await anUpload(other, "contacts", "id\n1\n");
  await expect(readImport(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
