import { afterReadings } from "@ringfence/core/blocked-list";
import { expect, it } from "vitest";
import { aBlockedList } from "../../testing/blocked-lists.ts";
import { readBlockedList } from "./read-blocked-list.ts";
import { setBlockedList } from "./set-blocked-list.ts";

it("is written by its times until it is not", async () => {
  const { asOwner } = await aBlockedList();
  const schedule = { ...afterReadings, weekdays: [0] };
  await setBlockedList(asOwner, { schedule });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule, zone: "UTC" });
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(asOwner)).toMatchObject({ schedule: null, nextAt: null });
});

it("changes nothing of another organization, and is not for officers", async () => {
  const other = await aBlockedList();
  const { ctx, asOwner } = await aBlockedList();
  await setBlockedList(asOwner, { schedule: null });
  expect(await readBlockedList(other.asOwner)).toMatchObject({ schedule: afterReadings });
  await expect(setBlockedList(ctx, { schedule: null })).rejects.toMatchObject({
    code: "forbidden",
  });
});
