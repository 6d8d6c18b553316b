import { expect, it } from "vitest";
import { aFilingOffice } from "../../../../testing/erased-files.ts";
import { anUpload, runOnce } from "../../../../testing/imports.ts";
import { reviveFileErasures } from "./start-file-erasure.ts";

it("is queued with the erasure, and again by the sweep", async () => {
  const { ctx, grace, contacts, erase } = await aFilingOffice();
  await contacts({ phone: grace });
  await erase();
  const key = `erasure.files ${ctx.organizationId}`;
  const take = () =>
    ctx.db.pool.query(
      "SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE key = $1 HAVING count(*) > 0",
      [key],
    );
  expect((await take()).rowCount).toBe(1);
  await reviveFileErasures(ctx.db);
  expect((await take()).rowCount).toBe(1);
});

it("is queued again once a file of opt-outs is imported that was waiting", async () => {
  const { ctx, grace, contacts, erase, work } = await aFilingOffice();
  await contacts({ phone: grace });
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${grace}\n`);
  await erase();
  await work();
  const key = `erasure.files ${ctx.organizationId}`;
  const isQueued = async () => {
    await ctx.db.pool.query(
      "SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE key = $1 HAVING count(*) > 0",
      [key],
    );
    await reviveFileErasures(ctx.db);
    const found = await ctx.db.pool.query("SELECT FROM graphile_worker.jobs WHERE key = $1", [key]);
    return found.rowCount === 1;
  };
  expect(await isQueued()).toBe(false);
  await runOnce(ctx, id);
  expect(await isQueued()).toBe(true);
  await work();
  expect(await isQueued()).toBe(false);
});
