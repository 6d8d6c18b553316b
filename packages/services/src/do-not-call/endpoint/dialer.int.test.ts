import { describe, expect, it } from "vitest";
import { anSftpDialer } from "../../../testing/endpoints.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { changeDialer, connectDialer, loadDialer, readDialer } from "./dialer.ts";
import { listEndpoints } from "./list.ts";
import type { ConnectDialer } from "@ringfence/core/do-not-call/endpoint";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { createWebhook } from "./webhook.ts";

describe("connect dialer", () => {
  const vicidial = {
    kind: "vicidial",
    name: "VICIdial",
    settings: {
      url: "https://dialer.example/vicidial/non_agent_api.php",
      user: "6666",
      pass: "hunter22",
      phoneCode: "1",
    },
  } as const;

  it("stores credentials encrypted, and shows only the host", async () => {
    const ctx = as(await aContext(), "developer");
    const secretUrl = "https://portal.bitrix24.ru/rest/1/hunter22/";
    await connectDialer(ctx, { dialer: vicidial, reason: "The dialer keeps its own list." });
    await connectDialer(ctx, {
      dialer: {
        kind: "bitrix24",
        name: "Bitrix24",
        settings: { url: secretUrl, field: "UF_CRM_STOP" },
      },
      reason: "The dialer keeps its own list.",
    });
    await connectDialer(ctx, {
      dialer: anSftpDialer(),
      reason: "The dialer keeps its own list.",
    });
    const shown = await listEndpoints(ctx);
    expect(shown).toMatchObject([
      { kind: "bitrix24", url: "https://portal.bitrix24.ru" },
      { kind: "sftp", url: "sftp://files.example:22" },
      { kind: "vicidial", url: "https://dialer.example", events: ["opt-out.recorded"] },
    ]);
    const { organizationId } = ctx;
    const rows = await db.prisma.endpoint.findMany({ where: { organizationId } });
    const stored = rows.map(({ url, secret }) => url + Buffer.from(secret).toString("latin1"));
    expect([JSON.stringify(shown), ...stored].join()).not.toContain("hunter22");
  });

  it("rejects a used name, except from another organization, and refuses other roles", async () => {
    const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
    await connectDialer(mine, { dialer: vicidial, reason: "The dialer keeps its own list." });
    await expect(
      connectDialer(mine, { dialer: vicidial, reason: "The dialer keeps its own list." }),
    ).rejects.toMatchObject({ code: "conflict" });
    await connectDialer(theirs, { dialer: vicidial, reason: "The dialer keeps its own list." });
    await expect(
      connectDialer(as(mine, "officer"), {
        dialer: vicidial,
        reason: "The dialer keeps its own list.",
      }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

const file = { ...anSftpDialer(), every: "hour" } as const satisfies ConnectDialer;

async function scene(dialer: ConnectDialer = file) {
  const ctx = as(await aContext(), "owner");
  const { id } = await connectDialer(ctx, {
    dialer: dialer,
    reason: "The dialer keeps its own list.",
  });
  const { organizationId } = ctx;
  const row = () => db.prisma.endpoint.findFirstOrThrow({ where: { organizationId, id } });
  const known = () => inTransaction(ctx, (ctx) => loadDialer(ctx, id));
  const waiting = () => db.prisma.delivery.count({ where: { organizationId, endpointId: id } });
  return { ctx, id, row, known, waiting };
}

it("changes the content and place of a file, keeps the credentials, and writes it again", async () => {
  const { ctx, id, row, known, waiting } = await scene();
  expect(await waiting()).toBe(1);
  const shown = await readDialer(ctx, id);
  if (shown.kind !== "sftp") throw new Error("another kind");
  const settings = { ...shown.settings, content: "blocked" as const, path: "/incoming/all.csv" };
  await changeDialer(ctx, { ...shown, name: "All", every: "day", settings });
  expect(await known()).toEqual({
    ...file,
    name: "All",
    every: "day",
    settings: { ...file.settings, ...settings },
  });
  expect(await row()).toMatchObject({ everyMinutes: 1_440, events: { length: 3 } });
  expect(await waiting()).toBe(2);
  const { organizationId } = ctx;
  expect(await db.prisma.blockedList.count({ where: { organizationId } })).toBe(1);
});

it("keeps both of two concurrent changes", async () => {
  const { ctx, id, known } = await scene();
  const shown = await readDialer(ctx, id);
  if (shown.kind !== "sftp") throw new Error("another kind");
  const work = async (first: ServiceContext) => {
    await changeDialer(first, { ...shown, settings: { ...shown.settings, secret: "another" } });
    const second = changeDialer(ctx, { ...shown, every: "day" });
    await waitForLockWaiter();
    return { second };
  };
  const { second } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  await second;
  expect(await known()).toMatchObject({ every: "day", settings: { secret: "another" } });
});

it("sends saved credentials to no other server and for no other user", async () => {
  const { ctx, id, known } = await scene();
  const shown = await readDialer(ctx, id);
  if (shown.kind !== "sftp") throw new Error("another kind");
  for (const other of [{ host: "evil.example" }, { user: "root" }, { port: 2222 }]) {
    const settings = { ...shown.settings, ...other };
    await expect(changeDialer(ctx, { ...shown, settings })).rejects.toMatchObject({
      explanation: { key: "endpoint.secret-again" },
    });
  }
  const settings = { ...shown.settings, host: "new.example", secret: "another" };
  await changeDialer(ctx, { ...shown, settings });
  expect((await known()).settings).toMatchObject({ host: "new.example", secret: "another" });
});

it.each([
  {
    kind: "vicidial",
    name: "VICIdial",
    settings: { url: "https://a.example/api.php", user: "6666", pass: "hunter22", phoneCode: "1" },
  },
  {
    kind: "bitrix24",
    name: "Bitrix24",
    settings: { url: "https://portal.example/rest/1/hunter22/", field: "UF_CRM_STOP" },
  },
] satisfies ConnectDialer[])("changes a $kind, and keeps its secret", async (dialer) => {
  const { ctx, id, known, row } = await scene(dialer);
  const shown = await readDialer(ctx, id);
  expect(JSON.stringify(shown)).not.toContain("hunter22");
  await changeDialer(ctx, { ...shown, name: "Other" });
  expect(await known()).toEqual({ ...dialer, name: "Other" });
  expect(await row()).toMatchObject({ name: "Other", url: new URL(dialer.settings.url).origin });
});

it("requires the right role, a dialer, the same kind, and no dialer of another organization", async () => {
  const { ctx, id } = await scene();
  const shown = await readDialer(ctx, id);
  await expect(readDialer(as(ctx, "officer"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(changeDialer(as(ctx, "officer"), shown)).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = as(await aContext(), "owner");
  await expect(readDialer(other, id)).rejects.toMatchObject({ code: "not-found" });
  await expect(changeDialer(other, shown)).rejects.toMatchObject({ code: "not-found" });
  const change = {
    kind: "bitrix24",
    endpointId: id,
    name: "B",
    settings: { field: "UF" },
  } as const;
  await expect(changeDialer(ctx, change)).rejects.toMatchObject({ code: "conflict" });
  const hook = {
    name: "Hook",
    url: "https://x.example/",
    events: ["opt-out.recorded" as const],
    reason: "The dialer keeps its own list.",
  };
  const { id: hookId } = await createWebhook(ctx, hook);
  await expect(readDialer(ctx, hookId)).rejects.toMatchObject({ code: "conflict" });
  await expect(changeDialer(ctx, { ...shown, name: "Hook" })).rejects.toMatchObject({
    code: "conflict",
  });
});

describe("read dialer", () => {
  const vicidial = {
    kind: "vicidial",
    name: "VICIdial",
    settings: { url: "https://a.example/api.php", user: "6666", pass: "hunter22", phoneCode: "1" },
  } as const satisfies ConnectDialer;

  it("shows a dialer's settings without its credentials", async () => {
    const ctx = as(await aContext(), "owner");
    const { id } = await connectDialer(ctx, {
      dialer: vicidial,
      reason: "The dialer keeps its own list.",
    });
    const { pass: _, ...settings } = vicidial.settings;
    expect(await readDialer(ctx, id)).toEqual({ ...vicidial, endpointId: id, settings });
  });

  it("requires the right role, and shows nothing to another organization", async () => {
    const ctx = as(await aContext(), "owner");
    const { id } = await connectDialer(ctx, {
      dialer: vicidial,
      reason: "The dialer keeps its own list.",
    });
    await expect(readDialer(as(ctx, "officer"), id)).rejects.toMatchObject({ code: "forbidden" });
    const other = as(await aContext(), "owner");
    await expect(readDialer(other, id)).rejects.toMatchObject({ code: "not-found" });
  });
});
