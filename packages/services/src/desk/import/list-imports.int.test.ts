import { ListImports } from "@ringfence/core/desk/import";
import { describe, expect, it } from "vitest";
import {
  aFileContext,
  anUpload,
  remarkedLines,
  runOnce,
  collectText,
} from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { listImports, readImport, readRemarkedRows } from "./list-imports.ts";
import { aNumber } from "@ringfence/db/testing";

describe("list imports", () => {
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
});

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

describe("read remarked rows", () => {
  async function scene() {
    const ctx = await aFileContext();
    const file = `phone;"a ""note"""\n${aNumber()};fine\n"nobody; here";"two\nlines"\n`;
    const { id } = await anUpload(ctx, "opt_outs", file);
    return { ctx, id };
  }

  it("gives back the rows that were rejected, as they came, with a sentence each", async () => {
    const { ctx, id } = await scene();
    await runOnce(ctx, id);

    const { fileName, content } = await readRemarkedRows(ctx, id);

    expect(fileName).toBe("list.csv");
    expect(await collectText(content)).toBe(
      '\uFEFFphone;"a ""note""";status;sentence\r\n' +
        '"nobody; here";"two\nlines";rejected;phone: Write the number in digits: it has letters in it.\r\n',
    );
    const where = { organizationId: ctx.organizationId, action: "import.read" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { details: { importId: id, exported: true } },
    ]);
  });

  it("can be mended and sent again as it is", async () => {
    const { ctx, id } = await scene();
    await runOnce(ctx, id);
    const rejected = await collectText((await readRemarkedRows(ctx, id)).content);
    const mended = await anUpload(ctx, "opt_outs", rejected.replace("nobody; here", aNumber()));

    expect(await runOnce(ctx, mended.id)).toMatchObject({ created: 1, rejected: 0 });
  });

  it("has no rows before the import has ended, and records no export", async () => {
    const { ctx, id } = await scene();
    await expect(remarkedLines(ctx, id)).rejects.toMatchObject({ code: "conflict" });
    const where = { organizationId: ctx.organizationId, action: "import.read" };
    expect(await db.prisma.auditEntry.count({ where })).toBe(0);
  });

  it("is not for agents", async () => {
    const { ctx, id } = await scene();
    await expect(readRemarkedRows({ ...ctx, ...as(ctx, "agent") }, id)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("does not give out rows of another organization", async () => {
    const [{ ctx }, { id }] = [await scene(), await scene()];
    await expect(readRemarkedRows(ctx, id)).rejects.toMatchObject({ code: "not-found" });
  });
});
