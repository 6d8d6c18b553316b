import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { openBlockedList } from "./open.ts";
import { setBlockedList } from "./settings.ts";

it("has no list before the first is written, and no changes that are not kept", async () => {
  const { ctx, write } = await aBlockedList();
  const none = { code: "not-found", explanation: { key: "blocked-list.none" } };
  await expect(openBlockedList(ctx, {})).rejects.toMatchObject(none);
  for (let n = 0; n < 8; n++) {
    await recorded(ctx, { phone: aNumber(), channel: "agent" });
    await write();
  }
  const gone = { code: "not-found", explanation: { key: "blocked-list.gone" } };
  for (const edition of [1, 9]) {
    await expect(openBlockedList(ctx, { edition })).rejects.toMatchObject(gone);
  }
  expect(await openBlockedList(ctx, { edition: 2 })).toMatchObject({ edition: 2 });
});

it("sends nothing that the caller already has, and records who takes numbers", async () => {
  const { ctx, write, organizationId } = await aBlockedList();
  await write();
  const { sha256 } = await openBlockedList(ctx, {});
  const audited = () =>
    db.prisma.auditEntry.count({ where: { organizationId, action: "blocked-list.read" } });
  expect(await audited()).toBe(1);
  const known = [sha256];
  expect(await openBlockedList(ctx, { known })).toMatchObject({ sha256, content: null });
  expect(await audited()).toBe(1);
});

it("has no list while it is turned off, nor until it is written again", async () => {
  const { ctx, asOwner, write, listFiles, leave } = await aBlockedList();
  await write();
  const none = { code: "not-found", explanation: { key: "blocked-list.none" } };
  const files = await listFiles();
  await setBlockedList(asOwner, { schedule: null });
  await leave(...files);
  await expect(openBlockedList(ctx, {})).rejects.toMatchObject(none);
  await expect(openBlockedList(ctx, { edition: 1 })).rejects.toMatchObject(none);

  await setBlockedList(asOwner, { schedule: null });
  await setBlockedList(asOwner, {
    schedule: AFTER_REGISTRIES,
    reason: "The dialer keeps its own list.",
  });
  await expect(openBlockedList(ctx, { known: "*" })).rejects.toMatchObject(none);
  await write();
  expect(await openBlockedList(ctx, {})).toMatchObject({ edition: 2 });
});

it("shows nothing of another organization, and refuses those who may not see numbers", async () => {
  await (await aBlockedList()).write();
  const { ctx } = await aBlockedList();
  await expect(openBlockedList(ctx, {})).rejects.toMatchObject({ code: "not-found" });
  const asMarketer = { ...as(ctx, "marketer"), files: ctx.files };
  await expect(openBlockedList(asMarketer, {})).rejects.toMatchObject({ code: "forbidden" });
});
