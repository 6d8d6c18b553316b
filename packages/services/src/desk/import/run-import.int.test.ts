import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import {
  aFileContext,
  anImportedPerson,
  anUpload,
  remarkedLines,
  runOnce,
} from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { readImport } from "./list-imports.ts";
import { runImport, startImport } from "./run-import.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import type { FileContext } from "../../platform/context.ts";

async function scene() {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "suppressions", `phone\n${aNumber()}\n`);
  const { mapping: guessed } = await readImport(ctx, id);
  const mapping = { ...guessed, defaults: { reason: "litigator" } };
  const start = (more: object = {}, by = ctx) =>
    startImport(by, { id, mapping, isDryRun: false, ...more });
  return { ctx, id, guessed, mapping, start };
}

it("lets a worker import the file with the person's mapping", async () => {
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

const listOptOuts = ({ organizationId }: FileContext) =>
  db.prisma.optOut.findMany({
    where: { organizationId },
  });

it("changes nothing the second time", async () => {
  const ctx = await aFileContext();
  const [a, b] = [aNumber(), aNumber()];
  const files = {
    contacts: `id,phone,name\n1,${a},Ada\n,${b},Grace\n`,
    opt_outs: `phone,date,seller\n${a},,\n${b},2026-01-02,acme\n${b},9999-01-01,acme\n`,
    suppressions: `phone,reason,until\n${a},litigator,\n${b},partner_list,2099-01-01\n`,
  } as const;
  for (const kind of ["contacts", "opt_outs", "suppressions"] as const) {
    const { id } = await anUpload(ctx, kind, files[kind]);
    const { created, rows } = await runOnce(ctx, id);
    expect(created).toBe(rows);
    expect(await runOnce(ctx, id)).toMatchObject({ created: 0, updated: 0, unchanged: rows });
  }
});

it("tries every row in a dry run, and records nothing", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", `phone\n${aNumber()}\nnobody\n`);

  expect(await runOnce(ctx, id, { isDryRun: true })).toMatchObject({ created: 1, rejected: 1 });

  expect(await listOptOuts(ctx)).toEqual([]);
  expect(await remarkedLines(ctx, id)).toHaveLength(1);
});

const killed = () => {
  throw new Error("killed");
};

it("converges when it is killed and begun again", async () => {
  const ctx = await aFileContext();
  const phones = Array.from({ length: 1_005 }, (_, n) => `+1212${2_000_000 + n}`);
  const { id } = await anUpload(ctx, "opt_outs", `phone,note\n${phones.join(",x\n")},x\nbad,x\n`);
  await expect(runOnce(ctx, id, {}, { onProgress: killed })).rejects.toThrow("killed");
  expect(await listOptOuts(ctx)).toHaveLength(1_000);

  const job = { ...ctx, actor: { type: "job", name: "import.run" } } as const;
  const progress: object[] = [];
  const onProgress = (told: object) => void progress.push(told);
  const done = await runImport(job, { importId: id, attempt: 2, onProgress });

  expect(done).toMatchObject({ rows: 1_006, created: 5, unchanged: 1_000, rejected: 1 });
  expect(progress).toMatchObject([{ rows: 1_000 }, { rows: 1_006 }]);
  expect(await listOptOuts(ctx)).toHaveLength(1_005);
});

it("writes the header of the remarks once, even if the first batch is all of an erased person", async () => {
  const ctx = await aFileContext();
  const { phone, person } = await anImportedPerson(ctx);
  const theirs = Array.from({ length: 1_000 }, () => `7,${phone}\n`).join("");
  const { id } = await anUpload(ctx, "contacts", `id,phone\n${theirs}8,nobody\n`);

  await erasePerson(ctx, { person, reason: "asked" });
  expect(await runOnce(ctx, id)).toMatchObject({ rows: 1, rejected: 1 });
  expect(await remarkedLines(ctx, id)).toEqual([expect.stringMatching(/^8,nobody,rejected,/)]);
});

it("names the row in which a quotation mark is left open, and keeps the rows before it", async () => {
  const ctx = await aFileContext();
  const lines = Array.from({ length: 1_001 }, (_, n) => `+1213${2_000_000 + n},x`);
  const { id } = await anUpload(
    ctx,
    "opt_outs",
    `phone,note\n${lines.join("\n")}\n+12132002000,"x\n`,
  );

  await expect(runOnce(ctx, id)).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "import.quote-open", values: { line: 1_003 } },
  });
  expect(await listOptOuts(ctx)).toHaveLength(1_000);
});

it("is not for agents", async () => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "contacts", "id\n1\n");
  const agent = { ...ctx, ...as(ctx, "agent") };
  await expect(
    runImport(agent, { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

it("does not see an import of another organization", async () => {
  const [ctx, other] = [await aFileContext(), await aFileContext()];
  const { id } = await anUpload(other, "contacts", "id\n1\n");
  await expect(
    runImport(ctx, { importId: id, attempt: 1, onProgress: () => {} }),
  ).rejects.toMatchObject({ code: "not-found" });
});
