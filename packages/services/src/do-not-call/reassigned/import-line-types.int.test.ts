import { expect, it } from "vitest";
import { aPhoneAtNoon } from "../../../testing/phones.ts";
import { aContext, as, db, keys } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { readFacts } from "../../calling/screening/load-facts.ts";
import { importLineTypes } from "./import-line-types.ts";

async function* toContent(text: string) {
  for (const part of text.split(/(?<=,)/)) yield await Promise.resolve(Buffer.from(part));
}
const load = (ctx: RootContext, ...lines: string[]) =>
  importLineTypes(ctx, { fileName: "lines.csv", content: toContent(lines.join("")) });

async function scene() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { phone } = await aPhoneAtNoon(ctx);
  const line = async () => {
    const [facts] = await readFacts({ db, keys }, [
      { organizationId, phone, phoneKey: null, at: null },
    ]);
    const at = facts?.row.lineTypeAt ?? null;
    return [facts?.row.lineType, at && new Date(at).toISOString().slice(0, 10)];
  };
  return { ctx, phone, line };
}

it("saves line types of the organization's numbers with their days", async () => {
  const { ctx, phone, line } = await scene();
  const others = "12125559999,Landline\r\n";
  expect(await load(ctx, `${phone},Landline,2026-03-02\r\n`, others)).toEqual({
    known: 1,
    others: 1,
  });
  expect(await line()).toEqual(["landline", "2026-03-02"]);
  const { organizationId } = ctx;
  expect(await db.prisma.phone.count({ where: { organizationId } })).toBe(1);
});

it("treats a line without a day as looked up now", async () => {
  const { ctx, phone, line } = await scene();
  await load(ctx, `${phone.slice(1)},VoIP\n`);
  const [{ now }] = await db.prisma.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  const [lineType, day = ""] = await line();
  expect(lineType).toBe("voip");
  expect(now.getTime() - new Date(day ?? "").getTime()).toBeLessThan(2 * 86_400_000);
});

it("keeps the latest look-up in any order of files, and the stricter one of a day", async () => {
  const { ctx, phone, line } = await scene();
  await load(ctx, `${phone},wireless,2026-03-02\n`, `${phone},landline,2026-03-02\n`);
  expect(await line()).toEqual(["wireless", "2026-03-02"]);
  await load(ctx, `${phone},landline,2026-02-02\n`);
  expect(await line()).toEqual(["wireless", "2026-03-02"]);
  await load(ctx, `${phone},landline,2026-04-02\n`, `${phone},wireless,2026-03-02\n`);
  expect(await line()).toEqual(["landline", "2026-04-02"]);
});

it("keeps every look-up on record once", async () => {
  const { ctx, phone } = await scene();
  const files = [`${phone},wireless,2026-03-02\n`, `${phone},landline,2026-02-02\n`];
  for (const file of [...files, ...files]) await load(ctx, file);
  const { organizationId } = ctx;
  const lookups = { where: { organizationId }, orderBy: { id: "asc" } } as const;
  expect(await db.prisma.lineLookup.findMany(lookups)).toMatchObject([
    { lineType: "wireless", lookedUpAt: new Date("2026-03-02"), actor: { type: "member" } },
    { lineType: "landline", lookedUpAt: new Date("2026-02-02") },
  ]);
});

it("does not let another file of the same day permit more", async () => {
  const { ctx, phone, line } = await scene();
  await load(ctx, `${phone},wireless,2026-03-02\n`);
  await load(ctx, `${phone},landline,2026-03-02\n`);
  expect(await line()).toEqual(["wireless", "2026-03-02"]);

  // An imported line without a day leaves an hour of that day.
  const { organizationId } = ctx;
  const lineTypeAt = new Date("2026-03-02T12:00:00Z");
  const { count } = await db.prisma.phone.updateMany({
    where: { organizationId },
    data: { lineTypeAt },
  });
  expect(count).toBe(1);
  await load(ctx, `${phone},unknown,2026-03-02\n`);
  expect(await line()).toEqual(["unknown", "2026-03-02"]);
  expect(await db.prisma.phone.findMany({ where: { organizationId } })).toMatchObject([
    { lineTypeAt },
  ]);
});

it.each([
  ["a header", "phone,type\n", "registry.fault.no-line-type"],
  ["a type that nobody knows", "12125550100,fax\n", "registry.fault.no-line-type"],
  ["a day that there is not", "12125550100,landline,2026-02-30\n", "registry.fault.no-line-type"],
  ["a line that was cut off", "12125550100,landline", "registry.fault.cut-off"],
  ["nothing", "", "registry.fault.empty"],
  ["a day that is to come", "12125550100,landline,2999-01-01\n", "error.line-type-ahead"],
])("takes nothing of a file that holds %s", async (_, text, key) => {
  const { ctx, phone, line } = await scene();
  const before = text === "" ? "" : `${phone},landline,2026-03-02\n`;
  await expect(load(ctx, before, text)).rejects.toMatchObject({ explanation: { key } });
  expect(await line()).toEqual([null, null]);
});

it("allows officers only, and changes no number of another organization", async () => {
  const { ctx, phone, line } = await scene();
  const lines = `${phone},landline,2026-03-02\n`;
  await expect(load(as(ctx, "auditor"), lines)).rejects.toMatchObject({ code: "forbidden" });
  expect(await load(await aContext(), lines)).toEqual({ known: 0, others: 1 });
  expect(await line()).toEqual([null, null]);
});
