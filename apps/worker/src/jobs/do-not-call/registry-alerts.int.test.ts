import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { createWebhook } from "@ringfence/services/do-not-call/endpoint";
import { openFiles } from "@ringfence/services/platform/files";
import { startSync, updateRegistryAlerts } from "@ringfence/services/do-not-call/registry";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { aFolder } from "../../../testing/folder.ts";
import { aMailServer } from "../../../testing/mail-server.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { aReceiver } from "../../../testing/receiver.ts";
import { aConnectedRegistry, fullList } from "../../../testing/registry.ts";
import { serve } from "../../../testing/serve.ts";
import { log } from "../../log.ts";
import { openMessageSender } from "../../mail-and-sms.ts";
import { startWorker } from "../../start-worker.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { sendRegistryAlert } from "./do-not-call-jobs.ts";
import { syncRegistry } from "./sync-registry.ts";

const databaseUrl = await aDatabase();
const db = openDb(databaseUrl);
afterAll(() => db.close());
const within = { timeout: 30_000, interval: 50 };

it("alerts officers by mail and dialers by webhook to a failed reading, once for however many nights", async () => {
  const publisher = { list: "<!DOCTYPE html><html><body>Be back soon</body></html>" };
  const { url, host } = await serve((_, response) => response.end(publisher.list));
  const { ctx, organizationId, registryId } = await aConnectedRegistry(db, url);
  const asOwner = { ...ctx, actor: { ...ctx.actor, role: "owner" } } as const;
  const member = { email: "ada@acme.example", name: "Ada", role: "officer", locale: "ru" } as const;
  await db.prisma.member.create({ data: { ...member, organizationId, passwordHash: "" } });
  const receiver = await aReceiver();
  const hook = {
    name: "Dialer",
    url: receiver.url,
    events: ["registry.alert" as const],
    reason: "The dialer keeps its own list.",
  };
  const { secret } = await createWebhook(
    { ...asOwner, privateHosts: [`${organizationId}=${receiver.host}`] },
    hook,
  );
  receiver.trust(secret);
  const { url: SMTP_URL, mails } = await aMailServer();
  const worker = await startWorker({
    ...noMessages,
    db,
    keys: ctx.keys,
    files: openFiles(await aFolder()),
    sources: {
      registriesFolder: null,
      privateHosts: [host, receiver.host].map((it) => `${organizationId}=${it}`),
    },
    messageSender: openMessageSender({
      SMTP_URL,
      MAIL_FROM: "ringfence@acme.example",
      SMS_URL: undefined,
    }),
    jobs: [syncRegistry, sendRegistryAlert, deliverWebhooks],
  });
  onTestFinished(() => worker.stop());
  const ended = (times: number) =>
    vi.waitFor(async () => {
      const where = { organizationId, status: { in: ["failed" as const, "done" as const] } };
      expect(await db.prisma.run.count({ where })).toBe(times);
    }, within);

  await ended(1);
  await updateRegistryAlerts(db);
  await startSync(ctx, registryId);
  await ended(2);
  await updateRegistryAlerts(db);

  await vi.waitFor(() => {
    expect(mails).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  }, within);
  expect(mails).toMatchObject([{ from: "ringfence@acme.example", to: ["ada@acme.example"] }]);
  expect(mails[0]?.text).toContain("не удалось прочитать");
  expect(mails[0]?.text).toContain(`https://rf.example/registries/${registryId}`);
  expect(receiver.received).toMatchObject([
    {
      type: "registry.alert",
      data: {
        registry: "US-FTC-DNC",
        alert: "failed",
        reason: "registry.fault.web-page",
        limitDays: 31,
      },
    },
  ]);

  publisher.list = fullList(3);
  await startSync(ctx, registryId);
  await ended(3);
  await updateRegistryAlerts(db);
  expect(await db.prisma.registryAlert.findMany({ where: { organizationId } })).toMatchObject([
    { kind: "failed", until: expect.any(Date) },
  ]);
});

it("reports once that there is no mail server, without retrying", async () => {
  const { ctx, organizationId, registryId } = await aConnectedRegistry(db, "https://x.example/");
  const member = { email: "eve@acme.example", name: "Eve", role: "officer", locale: "en" } as const;
  const { id: memberId } = await db.prisma.member.create({
    data: { ...member, organizationId, passwordHash: "" },
  });
  const message = { key: "registry.alert.near", values: { age: 25, limit: 31 } };
  const alert = { organizationId, registryId, kind: "near", message, since: new Date() };
  const { id: alertId } = await db.prisma.registryAlert.create({ data: alert });
  const warn = vi.spyOn(log, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  const none = { SMS_URL: undefined, SMTP_URL: undefined, MAIL_FROM: undefined };
  const { signal } = new AbortController();
  const sources = { registriesFolder: null, privateHosts: [] };
  const tools = {
    ...noMessages,
    db,
    keys: ctx.keys,
    files: openFiles(await aFolder()),
    sources,
    signal,
  };
  const sending = { organizationId, alertId, memberId };
  const messageSender = openMessageSender(none);
  for (const _ of [1, 2]) {
    await sendRegistryAlert.perform(sending, { ...tools, messageSender, worker: "a" });
  }
  expect(warn.mock.calls).toEqual([[expect.stringContaining("SMTP_URL")]]);

  const { url: SMTP_URL, mails } = await aMailServer();
  const mail = openMessageSender({ ...none, SMTP_URL, MAIL_FROM: "ringfence@acme.example" });
  await sendRegistryAlert.perform(sending, { ...tools, messageSender: mail, worker: "a" });
  expect(mails).toHaveLength(1);
});
