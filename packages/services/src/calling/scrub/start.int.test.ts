import { expect, it } from "vitest";
import { officer } from "../../../testing/scenes.ts";
import { aScrubbingOrganization, toChunks } from "../../../testing/scrubs.ts";
import { readScrub } from "./list.ts";
import { repeatScrub, startScrub } from "./start.ts";

const settings = { header: true, purpose: "marketing" } as const;

it("stores a file, and queues a run that screens it", async () => {
  const { ctx } = await aScrubbingOrganization();

  const content = toChunks("phone,na", "me\n+12015550100,Ada\n");
  const { id } = await startScrub(ctx, { fileName: "list.csv", content, settings });

  expect(await readScrub(ctx, id)).toMatchObject({
    fileName: "list.csv",
    bytes: 28,
    status: "queued",
    rows: 0,
    settings,
  });
  const [entry] = await ctx.db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId },
  });
  expect(entry).toMatchObject({ action: "scrub.run", details: { scrubId: id, bytes: 28 } });
});

it("stores the defaults used, whatever changes before a worker starts", async () => {
  const { ctx, start, run } = await aScrubbingOrganization();
  const id = await start("phone\n12\n");
  const { organizationId } = ctx;
  const acme = await ctx.db.prisma.seller.findFirstOrThrow({ where: { organizationId } });
  await ctx.db.prisma.seller.create({
    data: { organizationId, key: "other", name: "Other", sector: "other" },
  });
  await ctx.db.prisma.organization.update({
    where: { id: organizationId },
    data: { dialer: "prerecorded" },
  });

  await run(id);

  expect((await readScrub(ctx, id)).record?.checked).toMatchObject({
    seller: acme.id,
    dialer: "live_agent",
  });
});

it.each([
  ["an empty file", "", {}, "error.scrub-empty"],
  ["no column of phones", "a,b\n1,2\n", {}, "error.scrub-column-missing"],
  ["a column that is not there", "a,b\n1,2\n", { phoneColumn: "c" }, "error.scrub-column-unknown"],
])("says what is wrong with %s, and keeps nothing", async (_, text, more, key) => {
  const { ctx, start } = await aScrubbingOrganization();
  await expect(start(text, more)).rejects.toMatchObject({ explanation: { key } });
  expect(await ctx.db.prisma.scrub.count({ where: { organizationId: ctx.organizationId } })).toBe(
    0,
  );
});

it("refuses an agent, and a seller that is not the member's", async () => {
  const { ctx } = await aScrubbingOrganization();
  const scrub = { fileName: "list.csv", content: toChunks("phone\n"), settings };
  const starting = (actor: Partial<typeof officer>) =>
    startScrub({ ...ctx, actor: { ...officer, ...actor } as typeof officer }, scrub);

  await expect(starting({ role: "agent" })).rejects.toMatchObject({ code: "forbidden" });
  const others = ["01980000-0000-7000-8000-00000000000f"] as never;
  await expect(starting({ role: "marketer", sellerIds: others })).rejects.toMatchObject({
    explanation: { key: "error.seller-not-yours" },
  });
});

it("finds no seller and no purpose of another organization", async () => {
  const theirs = await aScrubbingOrganization();
  const { organizationId } = theirs.ctx;
  await theirs.ctx.db.prisma.seller.create({
    data: { organizationId, key: "theirs", name: "Theirs", sector: "other" },
  });
  const { start } = await aScrubbingOrganization();
  await expect(start("phone\n", { seller: "theirs" })).rejects.toMatchObject({
    code: "invalid-field",
    path: "/seller",
  });
});

it("screens the same file again in the same way, and leaves the first unchanged", async () => {
  const { ctx, start, run } = await aScrubbingOrganization();
  const first = await start("a;b\n12;+12015550100\n", { phoneColumn: "2", dialer: "predictive" });
  await run(first);
  const before = await readScrub(ctx, first);

  const { id } = await repeatScrub(ctx, first);
  await run(id);

  const { settings, fileName, bytes } = before;
  const again = await readScrub(ctx, id);
  expect(again).toMatchObject({ settings, fileName, bytes, rows: 1 });
  expect(again.record?.inputSha256).toBe(before.record?.inputSha256);
  expect(await readScrub(ctx, first)).toEqual(before);
});

it("requires the permission to start a scrub", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const id = await start("phone\n");
  const auditor = { ...ctx, actor: { ...ctx.actor, role: "auditor" } as never };
  await expect(repeatScrub(auditor, id)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not repeat a scrub of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  const id = await start("phone\n");
  const { ctx } = await aScrubbingOrganization();
  await expect(repeatScrub(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
