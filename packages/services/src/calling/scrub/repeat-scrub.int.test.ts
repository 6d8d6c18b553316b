import { expect, it } from "vitest";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { readScrub } from "./read-scrub.ts";
import { repeatScrub } from "./repeat-scrub.ts";

it("screens the same file again in the same way, and leaves the first as it is", async () => {
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

it("is for those who may start one", async () => {
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
