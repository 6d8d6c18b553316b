import { ListAudit } from "@ringfence/core/platform/audit";
import { AFTER_REGISTRIES, SetBlockedList } from "@ringfence/core/do-not-call/blocked-list";
import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { readBlockedList, setBlockedList } from "./settings.ts";
import { as } from "../../../testing/scenes.ts";

it("is written by its schedule until it is turned off", async () => {
  const { asOwner } = await aBlockedList();
  const schedule = { ...AFTER_REGISTRIES, weekdays: [0] };
  const reason = "The CRM asks for it.";
  await setBlockedList(asOwner, { schedule, reason });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule, reason, zone: "UTC" });
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule: null, nextAt: null });
});

it("shows its purpose, and keeps earlier purposes in the audit trail", async () => {
  const { ctx, asOwner } = await aBlockedList();
  await setBlockedList(asOwner, { schedule: AFTER_REGISTRIES, reason: "The CRM asks for it." });
  await setBlockedList(asOwner, { schedule: null });
  const { items } = await listAudit(ctx, ListAudit.parse({}));
  const told = items.flatMap(({ action, reason }) =>
    action === "endpoint.change" ? [reason] : [],
  );
  expect(told).toEqual([null, "The CRM asks for it.", "The dialer keeps its own list."]);
  expect(await readBlockedList(asOwner)).toMatchObject({ reason: null });
  for (const reason of [undefined, "", "  "]) {
    expect(SetBlockedList.safeParse({ schedule: AFTER_REGISTRIES, reason }).success).toBe(false);
  }
});

it("erases its files when it is turned off, and again on a retry", async () => {
  const { ctx, asOwner, write, listFiles, leave } = await aBlockedList();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await write();
  expect(await listFiles()).toHaveLength(2);
  for (const left of [[], ["left.csv", "left.csv.draft"]]) {
    await leave(...left);
    await setBlockedList(asOwner, { schedule: null });
    expect(await listFiles()).toEqual([]);
  }
});

it("changes nothing of another organization, and refuses officers", async () => {
  const other = await aBlockedList();
  await other.write();
  const { ctx, asOwner } = await aBlockedList();
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(other.asOwner)).toMatchObject({ schedule: AFTER_REGISTRIES });
  expect(await other.listFiles()).toHaveLength(2);
  await expect(setBlockedList(ctx, { schedule: null })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("lists the last editions, and where to fetch each", async () => {
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

it("shows nothing of another organization, and refuses those without access", async () => {
  await (await aBlockedList()).write();
  const { ctx, asOwner } = await aBlockedList();
  expect((await readBlockedList(asOwner)).editions).toEqual([]);
  await expect(readBlockedList(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
