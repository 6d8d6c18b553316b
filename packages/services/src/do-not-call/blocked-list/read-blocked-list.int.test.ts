import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as } from "../../../testing/scenes.ts";
import { readBlockedList } from "./read-blocked-list.ts";

it("tells of the last editions, and where each is fetched", async () => {
  const { ctx, asOwner, write } = await aBlockedList();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await write();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await write();
  const whole = "/v1/blocked-list.csv";
  expect((await readBlockedList(asOwner)).editions).toMatchObject([
    {
      edition: 2,
      lines: 2,
      added: 1,
      removed: 0,
      whole,
      changes: "/v1/blocked-list/2/changes.csv",
    },
    { edition: 1, lines: 1, added: 1, removed: 0 },
  ]);
});

it("tells nothing of another organization, and not to everybody", async () => {
  await (await aBlockedList()).write();
  const { ctx, asOwner } = await aBlockedList();
  expect((await readBlockedList(asOwner)).editions).toEqual([]);
  await expect(readBlockedList(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
