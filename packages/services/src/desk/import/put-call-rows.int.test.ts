import { ImportKind } from "@ringfence/core/desk/import";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import type { FileContext } from "../../platform/context.ts";
import type { ServiceError } from "../../platform/errors.ts";
import { previewImport } from "./preview-import.ts";
import { runImport } from "./run-import.ts";
import { startImport } from "./start-import.ts";

const callsOnRecord = ({ organizationId }: FileContext) =>
  db.prisma.call.findMany({
    where: { organizationId },
    include: { phone: true },
    orderBy: { externalId: "asc" },
  });

const asMarketer = (ctx: FileContext): FileContext => ({ ...ctx, ...as(ctx, "marketer") });

it("puts the calls of a dialer's log on record, once however often the file is sent", async () => {
  const ctx = await aFileContext();
  const [a, b] = [aNumber(), aNumber()];
  const log = `uniqueid,phone,call date,duration,status\nc1,${a},2026-03-01 09:00:05,00:01:10,SALE\nc2,${b},2026-03-01 09:02,0,B\n`;
  for (const created of [2, 0]) {
    const { id } = await anUpload(ctx, "calls", log.replace("status", "disposition"));
    const done = await runOnce(ctx, id, { zone: "UTC", defaults: { purpose: "marketing" } });
    expect(done).toMatchObject({ rows: 2, created, unchanged: 2 - created, rejected: 0 });
  }
  expect(await callsOnRecord(ctx)).toMatchObject([
    { externalId: "c1", phone: { e164: a }, seconds: 70, outcome: "SALE", purpose: "marketing" },
    { externalId: "c2", phone: { e164: b }, at: new Date("2026-03-01T09:02:00Z") },
  ]);
});

it("rejects rows without an id, with an unknown purpose or an unknown screening, and keeps the rest", async () => {
  const ctx = await aFileContext();
  const phone = aNumber();
  const at = "2026-03-01 09:00";
  const { id } = await anUpload(
    ctx,
    "calls",
    `call id,phone,call date,purpose,screening
c1,${phone},${at},marketing,
,${phone},${at},marketing,
c3,${phone},${at},nothing,
c4,${phone},${at},marketing,01890000-0000-7000-8000-00000000000a
`,
  );
  expect(await runOnce(ctx, id)).toMatchObject({ rows: 4, created: 1, rejected: 3 });
  expect(await remarkedLines(ctx, id)).toHaveLength(3);
  expect(await callsOnRecord(ctx)).toMatchObject([{ externalId: "c1" }]);
});

it("asks for the column of the dialer's ids before anything is imported", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "calls", `phone,call date\n${aNumber()},2026-03-01 09:00\n`);
  expect(await previewImport(ctx, { id })).toMatchObject({
    fault: { key: "import.field-missing", values: { field: "externalId" } },
  });
});

it("lets marketers import contacts and activities, and nothing that changes who may be called", async () => {
  const ctx = await aFileContext();
  const content = `id,phone\n1,${aNumber()}\n`;
  const upload = (kind: ImportKind) =>
    anUpload(asMarketer(ctx), kind, content).then(
      () => "taken",
      ({ code }: ServiceError) => code,
    );
  const answers = await Promise.all(ImportKind.options.map(upload));
  const taken = ImportKind.options.filter((_, index) => answers[index] === "taken");
  expect(taken).toEqual(["contacts", "activities"]);
  expect(answers.filter((answer) => answer === "forbidden")).toHaveLength(4);
});

it("lets no marketer preview, start or run a file of refusals that an officer uploaded", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\n`);
  const { mapping } = await previewImport(ctx, { id });
  await expect(previewImport(asMarketer(ctx), { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    startImport(asMarketer(ctx), { id, mapping, isDryRun: false }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    runImport(asMarketer(ctx), { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
