import { expect, it } from "vitest";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { listScrubs } from "./list-scrubs.ts";

it("goes from page to page, the newest first", async () => {
  const { ctx, start } = await aScrubbingOrganization();
  const ids = [];
  for (const name of ["a", "b", "c"]) ids.push(await start(`phone\n${name}\n`));

  const first = await listScrubs(ctx, { limit: 2 });
  expect(first.scrubs.map(({ id }) => id)).toEqual([ids[2], ids[1]]);

  const second = await listScrubs(ctx, { limit: 2, after: first.next ?? undefined });
  expect(second.scrubs.map(({ id }) => id)).toEqual([ids[0]]);
  expect(second.next).toBeNull();
});

it("lists none of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  await start("phone\n");
  const { ctx } = await aScrubbingOrganization();
  expect(await listScrubs(ctx, { limit: 20 })).toEqual({ scrubs: [], next: null });
});
