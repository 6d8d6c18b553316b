import { dayStart, localClock } from "@ringfence/core/platform/time";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { viewRegistry } from "@ringfence/services/do-not-call/registry";
import { fullList } from "../../testing/registry.ts";
import { ftcAccount } from "../../testing/soap/ftc-server.ts";
import { anFtcRegistry } from "../../testing/soap/ftc-registry.ts";

const db = await openTestDb();

const lists = () =>
  new Map([
    ["818", fullList(100)],
    ["213", fullList(100, 213)],
  ]);
const changes = (...numbers: string[]) =>
  numbers.map((number) => `${number},2026-08-06T02:20:18,A\n`).join("");

it("takes a full list first, and then the changes", async () => {
  const { world, sync, row, passDay, fetches, waits } = await anFtcRegistry(db, {
    world: { lists: lists() },
  });
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 200 });
  expect(world.asked).toEqual([
    "Login",
    "GetURLS",
    "CanGetFullFile",
    "GetDNCFileByUrl",
    "GetDNCFileByUrl",
  ]);
  expect(await row()).toMatchObject({ listed: 200n, areas: { 1213: 100, 1818: 100 } });

  await passDay("2026-8-6");
  world.changes = changes("8185559999");
  world.pending = 2;
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", added: 1, listedAfter: 201 });
  expect(world.asked).toEqual([
    "Login",
    "GetURLS",
    "SubmitDeltaFileRequest",
    "GetDeltaFileRequestStatus",
    "GetDeltaFileRequestStatus",
    "GetDeltaFileRequestStatus",
    "GetDeltaFileUrl",
    "GetDNCFileByUrl",
  ]);
  expect(waits).toEqual([120_000, 120_000]);
  expect((await fetches()).map(({ kind, status }) => [kind, status])).toEqual([
    ["full", "used"],
    ["change", "used"],
  ]);
});

it("requests nothing twice a day, because the list in force is from today", async () => {
  const { world, sync, row, passDay } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  await passDay("2026-8-6");
  world.changes = changes("8185559999");
  await sync();
  const before = await row();
  expect((await sync()).outcome).toMatchObject({ outcome: "unchanged" });
  expect(world.asked.filter((operation) => operation === "GetDNCFileByUrl")).toEqual([]);
  expect(await row()).toEqual(before);
});

it("does not take yesterday's file, by the publisher's clock, for today's", async () => {
  const { world, sync, passDay, fetches } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  await passDay("2026-8-6");
  world.changes = changes("8185559999");
  await sync();
  const last = (await fetches()).at(-1);
  const publishers = "America/New_York";
  const today = dayStart(publishers, localClock(publishers, Date.now()).day);
  const startedAt = new Date(today.getTime() - 60_000);
  await db.prisma.registryFetch.updateMany({ where: { id: last?.id ?? "" }, data: { startedAt } });
  world.lists.set("213", fullList(102, 213));
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 202 });
  expect(world.asked).toContain("CanGetFullFile");
});

it("restarts the age if nothing has changed", async () => {
  const { sync, row, passDay, fetches } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  const before = await row();
  await passDay("2026-8-6");
  expect((await sync()).outcome).toMatchObject({ outcome: "unchanged" });
  const { verifiedAt, ...rest } = await row();
  expect(rest).toMatchObject({ listed: before.listed, edition: before.edition });
  const [, last] = await fetches();
  expect(verifiedAt).toEqual(last?.startedAt);
  expect(verifiedAt?.valueOf()).toBeGreaterThan(before.verifiedAt?.valueOf() ?? Infinity);
});

it("signs in again when the session is over, and continues", async () => {
  const { world, sync } = await anFtcRegistry(db, { world: { lists: lists() } });
  let ended = 0;
  world.instead = (operation) => {
    if (operation === "CanGetFullFile" && ended++ === 0) world.sessions.clear();
    return false;
  };
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 200 });
  expect(world.asked.filter((operation) => operation === "Login")).toHaveLength(2);
});

it("continues with what an interrupted run received, because it is given once a day", async () => {
  const { world, sync } = await anFtcRegistry(db, { world: { lists: lists() } });
  const stop = new AbortController();
  let given = 0;
  world.instead = (operation) => {
    if (operation === "GetDNCFileByUrl" && ++given === 2) stop.abort();
    return false;
  };
  await expect(sync(stop.signal)).rejects.toThrow("asked to stop");
  world.instead = () => false;
  world.given.delete("https://telemarketing.donotcall.gov/full/2026-8-5_213_ABC123.txt.zip");
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 200 });
  expect(world.asked.filter((operation) => operation === "GetDNCFileByUrl")).toHaveLength(1);
});

it("applies what a worker had taken but not applied, without requesting it again", async () => {
  const { world, sync, fetches } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  const [fetch] = await fetches();
  await db.prisma.registryFetch.updateMany({
    where: { id: fetch?.id ?? "" },
    data: { status: "whole" },
  });
  expect((await sync()).outcome).toMatchObject({ outcome: "unchanged" });
  expect(world.asked).toEqual([]);
});

it("takes a full list when somebody else took the changes, or subscribed to another area code", async () => {
  const { world, sync, passDay } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  await passDay("2026-8-6");
  world.given.add("changes");
  world.lists.set("213", fullList(101, 213));
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 201 });
  await passDay("2026-8-7");
  world.lists.set("310", fullList(10, 310));
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 211 });
  expect(world.asked).not.toContain("SubmitDeltaFileRequest");
});

it("takes only full lists, if so configured", async () => {
  const { world, sync, passDay } = await anFtcRegistry(db, {
    world: { lists: lists() },
    source: { lists: "full" },
  });
  await sync();
  await passDay("2026-8-6");
  world.lists.set("818", fullList(102));
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 202 });
  expect(world.asked).not.toContain("SubmitDeltaFileRequest");
});

it("replaces held or broken changes with a full list", async () => {
  const { world, sync, passDay, fetches } = await anFtcRegistry(db, { world: { lists: lists() } });
  await sync();
  await passDay("2026-8-6");
  world.changes = Array.from(
    { length: 20 },
    (_, n) => `81855500${n + 10},2026-08-06T02:20:18,D\n`,
  ).join("");
  expect((await sync()).outcome).toMatchObject({ outcome: "held" });
  expect((await fetches()).at(-1)).toMatchObject({ status: "held" });
  await passDay("2026-8-7");
  world.lists.set("818", fullList(99));
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", listedAfter: 199 });
  await passDay("2026-8-8");
  world.spoil = (base64) => base64.slice(0, 40);
  expect((await sync()).error).toMatchObject({ key: "source.zip-broken" });
  expect((await fetches()).at(-1)).toMatchObject({ kind: "change", status: "lost" });
});

it("does not show the password, and forgets it when the address changes", async () => {
  const { ctx, change, registryId, row } = await anFtcRegistry(db, { world: { lists: lists() } });
  expect(JSON.stringify(await viewRegistry(ctx, registryId))).not.toContain("down & load");
  expect(Buffer.from((await row()).secret ?? "").includes("down & load")).toBe(false);
  const { organization } = ftcAccount;
  await change({
    source: {
      kind: "us-ftc",
      organization,
      isCertified: true,
      url: "https://evil.example/",
      userType: "Downloader",
      lists: "changes",
    },
  });
  expect((await row()).secret).toBeNull();
});
