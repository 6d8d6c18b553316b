import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFileContext, anUpload } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { readImport } from "./read-import.ts";
import { startImport } from "./start-import.ts";

async function scene() {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "suppressions", `phone\n${aNumber()}\n`);
  const { mapping: guessed } = await readImport(ctx, id);
  const mapping = { ...guessed, defaults: { reason: "litigator" } };
  const start = (more: object = {}, by = ctx) =>
    startImport(by, { id, mapping, isDryRun: false, ...more });
  return { ctx, id, guessed, mapping, start };
}

it("lets a worker import it as a person said", async () => {
  const { ctx, id, mapping, start } = await scene();

  const { runId } = await start();

  expect(await readImport(ctx, id)).toMatchObject({
    mapping,
    isDryRun: false,
    run: { id: runId, job: "import.run", status: "queued" },
  });
  const where = { organizationId: ctx.organizationId };
  expect((await db.prisma.auditEntry.findMany({ where })).at(-1)).toMatchObject({
    details: { importId: id, isDryRun: false },
  });
});

it("does not start what cannot be read so", async () => {
  const { guessed, start } = await scene();
  await expect(start({ mapping: guessed })).rejects.toMatchObject({
    code: "invalid",
    path: "/mapping",
    explanation: { key: "import.field-missing", values: { field: "reason" } },
  });
});

it("starts once, however many ask at once", async () => {
  const { ctx, id, mapping, start } = await scene();
  const all = await Promise.allSettled([start(), start(), start({ isDryRun: true })]);

  const refused = all.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ reason: { code: "conflict" } });
  expect(await readImport(ctx, id)).toMatchObject({ mapping });
});

it("is not for agents", async () => {
  const { ctx, start } = await scene();
  const agent = { ...ctx, ...as(ctx, "agent") };
  await expect(start({}, agent)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not start an import of another organization", async () => {
  const [{ ctx }, { start }] = [await scene(), await scene()];
  await expect(start({}, ctx)).rejects.toMatchObject({ code: "not-found" });
});
