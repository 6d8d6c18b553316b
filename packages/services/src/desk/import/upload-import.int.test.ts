import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aFileContext, anUpload } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { openFiles } from "../../platform/files/index.ts";
import { readImport } from "./list-imports.ts";

const guessMapping = async (content: string | Uint8Array) => {
  const ctx = await aFileContext();
  const { id } = await anUpload(ctx, "opt_outs", content);
  return (await readImport(ctx, id)).mapping;
};

it("keeps the file, and guesses how it is meant", async () => {
  const ctx = await aFileContext();
  const { organizationId } = ctx;
  const { id } = await anUpload(ctx, "opt_outs", `phone;comment\r\n${aNumber()};x\r\n`);

  expect(await readImport(ctx, id)).toMatchObject({
    kind: "opt_outs",
    fileName: "list.csv",
    bytes: 31,
    run: null,
    mapping: {
      encoding: "utf-8",
      delimiter: ";",
      hasHeader: true,
      columns: ["phone", "note"],
      region: "US",
    },
  });
  const where = { organizationId };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { action: "import.run", details: { importId: id, kind: "opt_outs", bytes: 31 } },
  ]);
});

it("reads the Cyrillic of Windows", async () => {
  // Телефон;Комментарий in Windows-1251
  const header = "d2e5ebe5f4eeed3bcaeeecece5edf2e0f0e8e9";
  const file = Buffer.concat([Buffer.from(header, "hex"), Buffer.from(`\n${aNumber()};\n`)]);
  expect(await guessMapping(file)).toMatchObject({
    encoding: "windows-1251",
    columns: ["phone", "note"],
  });
});

it.each([
  ["UTF-8 with its mark", Buffer.from(`\uFEFFphone,note\n${aNumber()},x\n`), "utf-8"],
  ["UTF-16", Buffer.from(`\uFEFFphone\tnote\n${aNumber()}\tx\n`, "utf16le"), "utf-16le"],
])("reads %s", async (_, file, encoding) => {
  expect(await guessMapping(file)).toMatchObject({ encoding, columns: ["phone", "note"] });
});

it.each([
  ["a workbook", Buffer.from("504b030414000600", "hex"), "import.workbook"],
  ["a picture", Buffer.from("89504e470d0a1a0a0000", "hex"), "import.no-text"],
  ["nothing", Buffer.from(""), "import.empty"],
  ["empty lines", Buffer.from("\r\n ; \r\n"), "import.empty"],
])("takes no %s, and keeps nothing of it", async (_, file, key) => {
  const ctx = await aFileContext();
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-upload-"));
  const upload = anUpload({ ...ctx, files: openFiles(folder) }, "opt_outs", file);

  await expect(upload).rejects.toMatchObject({ code: "invalid", explanation: { key } });

  const kept = readdirSync(folder, { recursive: true, withFileTypes: true });
  expect(kept.filter((entry) => entry.isFile())).toEqual([]);
  rmSync(folder, { recursive: true });
});

it("is not for agents", async () => {
  const ctx = await aFileContext();
  await expect(
    anUpload({ ...ctx, ...as(ctx, "agent") }, "contacts", "id\n1\n"),
  ).rejects.toMatchObject({ code: "forbidden" });
});

it("shows no file of another organization", async () => {
  const [ctx, other] = [await aFileContext(), await aFileContext()];
  const { id } = await anUpload(other, "contacts", "id\n1\n");
  await expect(readImport(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
