import { expect, it } from "vitest";
import { aFilingOffice } from "../../../../testing/erased-files.ts";
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
