import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import {
  aFileContext,
  anUpload,
  remarkedLines,
  runOnce,
  textOf,
} from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { readRemarkedRows } from "./read-remarked-rows.ts";

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
  expect(await textOf(content)).toBe(
    '\uFEFFphone;"a ""note""";status;sentence\r\n' +
      '"nobody; here";"two\nlines";rejected;phone: Write the number in digits: it has letters in it.\r\n',
  );
  const where = { organizationId: ctx.organizationId, action: "import.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { importId: id } },
  ]);
});

it("can be mended and sent again as it is", async () => {
  const { ctx, id } = await scene();
  await runOnce(ctx, id);
  const rejected = await textOf((await readRemarkedRows(ctx, id)).content);
  const mended = await anUpload(ctx, "opt_outs", rejected.replace("nobody; here", aNumber()));

  expect(await runOnce(ctx, mended.id)).toMatchObject({ created: 1, rejected: 0 });
});

it("has nothing before the import has ended", async () => {
  const { ctx, id } = await scene();
  await expect(remarkedLines(ctx, id)).rejects.toMatchObject({ code: "conflict" });
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
