import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { erasePerson } from "../erasure/erase-person.ts";
import { aFileContext, anImportedPerson, anUpload } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { previewImport } from "./preview-import.ts";

async function scene() {
  const ctx = await aFileContext();
  const phone = aNumber();
  const { id } = await anUpload(ctx, "opt_outs", `num|note,phone\na|b,${phone}\nc|d,nobody\n`);
  return { ctx, id, phone };
}

it("shows the columns, the first rows, and what would become of them", async () => {
  const { ctx, id, phone } = await scene();

  expect(await previewImport(ctx, { id })).toMatchObject({
    kind: "opt_outs",
    fileName: "list.csv",
    fault: null,
    header: ["num|note", "phone"],
    rows: [
      { line: 2, cells: ["a|b", phone] },
      { line: 3, cells: ["c|d", "nobody"] },
    ],
    mapping: { columns: [null, "phone"] },
    counts: { rows: 2, created: 1, rejected: 1 },
    remarked: [{ line: 3, status: "rejected", remarks: [{ field: "phone" }] }],
  });
});

it("numbers rows as a spreadsheet does, so that empty ones count", async () => {
  const ctx = await aFileContext();
  const text = `\nphone,note\n${aNumber()},a\n\nnobody,b\n`;
  const { id } = await anUpload(ctx, "opt_outs", text);

  const { rows, remarked } = await previewImport(ctx, { id });
  expect(rows.map(({ line }) => line)).toEqual([3, 5]);
  expect(remarked.map(({ line }) => line)).toEqual([5]);
});

it("counts no row of a person who was erased since the upload, because its import skips them", async () => {
  const ctx = await aFileContext();
  const { phone, person } = await anImportedPerson(ctx);
  const { id } = await anUpload(ctx, "contacts", `id,phone\n7,${phone}\n8,${aNumber()}\n`);
  expect(await previewImport(ctx, { id })).toMatchObject({ counts: { rows: 2, unchanged: 1 } });

  await erasePerson(ctx, { person, reason: "asked" });
  expect(await previewImport(ctx, { id })).toMatchObject({ counts: { rows: 1, created: 1 } });
});

it("records nothing except the look itself", async () => {
  const { ctx, id } = await scene();
  await previewImport(ctx, { id });

  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.optOut.count({ where })).toBe(0);
  expect(await db.prisma.phone.count({ where })).toBe(0);
  expect(await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } })).toMatchObject([
    { details: { bytes: expect.any(Number) } },
    { details: { importId: id, preview: true } },
  ]);
});

it("previews the person's mapping, and reports its faults", async () => {
  const { ctx, id } = await scene();
  const { mapping } = await previewImport(ctx, { id });

  const columns = ["phone", null];
  expect(await previewImport(ctx, { id, mapping: { ...mapping, columns } })).toMatchObject({
    counts: { created: 0, rejected: 2 },
  });
  const none = { ...mapping, columns: [null, null] };
  expect(await previewImport(ctx, { id, mapping: none })).toMatchObject({
    fault: { key: "import.field-missing", values: { field: "phone" } },
    counts: { rows: 0 },
  });
});

it("guesses again when the delimiter changes", async () => {
  const { ctx, id } = await scene();
  const dialect = { encoding: "utf-8", delimiter: ";" } as const;
  expect(await previewImport(ctx, { id, dialect })).toMatchObject({
    header: ["num|note,phone"],
    mapping: { delimiter: ";", columns: [null] },
    fault: { key: "import.field-missing" },
  });
});

it("is not for auditors", async () => {
  const { ctx, id } = await scene();
  const auditor = { ...ctx, ...as(ctx, "auditor") };
  await expect(previewImport(auditor, { id })).rejects.toMatchObject({ code: "forbidden" });
});

it("does not show a file of another organization", async () => {
  const [{ id }, { ctx }] = [await scene(), await scene()];
  await expect(previewImport(ctx, { id })).rejects.toMatchObject({ code: "not-found" });
});
