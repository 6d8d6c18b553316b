import { ListAudit } from "@ringfence/core/platform/audit";
import { SetBlockedList, afterReadings } from "@ringfence/core/do-not-call/blocked-list";
import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { readBlockedList } from "./read-blocked-list.ts";
import { setBlockedList } from "./set-blocked-list.ts";

it("is written by its times until it is not", async () => {
  const { asOwner } = await aBlockedList();
  const schedule = { ...afterReadings, weekdays: [0] };
  const reason = "The CRM asks for it.";
  await setBlockedList(asOwner, { schedule, reason });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule, reason, zone: "UTC" });
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule: null, nextAt: null });
});

it("says what it is fetched for, also in the audit log when it is for something else by then", async () => {
  const { ctx, asOwner } = await aBlockedList();
  await setBlockedList(asOwner, { schedule: afterReadings, reason: "The CRM asks for it." });
  await setBlockedList(asOwner, { schedule: null });
  const { items } = await listAudit(ctx, ListAudit.parse({}));
  const told = items.flatMap(({ action, reason }) =>
    action === "endpoint.change" ? [reason] : [],
  );
  expect(told).toEqual([null, "The CRM asks for it.", "The dialer keeps its own list."]);
  expect(await readBlockedList(asOwner)).toMatchObject({ reason: null });
  for (const reason of [undefined, "", "  "]) {
    expect(SetBlockedList.safeParse({ schedule: afterReadings, reason }).success).toBe(false);
  }
});

it("erases its files when it is written no more, and does so again for who tries again", async () => {
  const { ctx, asOwner, write, filesOf, leave } = await aBlockedList();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await write();
  expect(await filesOf()).toHaveLength(2);
  for (const left of [[], ["left.csv", "left.csv.draft"]]) {
    await leave(...left);
    await setBlockedList(asOwner, { schedule: null });
    expect(await filesOf()).toEqual([]);
  }
});

it("changes nothing of another organization, and is not for officers", async () => {
  const other = await aBlockedList();
  await other.write();
  const { ctx, asOwner } = await aBlockedList();
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(other.asOwner)).toMatchObject({ schedule: afterReadings });
  expect(await other.filesOf()).toHaveLength(2);
  await expect(setBlockedList(ctx, { schedule: null })).rejects.toMatchObject({
    code: "forbidden",
  });
});
