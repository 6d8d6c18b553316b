import { ChangeDialer, type ConnectDialer } from "@ringfence/core/do-not-call/endpoint";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { changeDialer, connectDialer } from "./dialer.ts";
import { changeEndpoint, createWebhook } from "./webhook.ts";

const reason = "The dialer keeps its own list.";
const hook = (url: string) => ({
  name: "Dialer",
  url,
  events: ["opt-out.recorded" as const],
  reason,
});
const vicidial = (url: string): ConnectDialer => ({
  kind: "vicidial",
  name: "VICIdial",
  settings: { url, user: "ringfence", pass: "a password", phoneCode: "1" },
});
const refusedAt = (path: string) => ({
  code: "invalid",
  explanation: { key: "endpoint.needs-https" },
  path,
});

it("saves no webhook that would receive numbers over plain http", async () => {
  const ctx = as(await aContext(), "owner");
  const { organizationId } = ctx;
  const named = { ...ctx, privateHosts: [`${organizationId}=dialer.internal:8080`] };
  for (const url of [
    "http://dialer.example/hook",
    "HTTP://dialer.example/hook",
    "http://dialer.internal/hook",
    "http://dialer.internal:8081/hook",
    "http://dialer.internal.example:8080/hook",
    "http://10.0.0.5/hook",
  ]) {
    await expect(createWebhook(named, hook(url))).rejects.toMatchObject(refusedAt("/url"));
  }
  expect(await db.prisma.endpoint.count({ where: { organizationId } })).toBe(0);
  await createWebhook(named, hook("http://dialer.internal:8080/hook"));
});

it("ignores hosts that the operator named for another organization", async () => {
  const [ctx, other] = [as(await aContext(), "owner"), await aContext()];
  for (const entry of [`${other.organizationId}=dialer.internal`, "dialer.internal"]) {
    const named = { ...ctx, privateHosts: [entry] };
    await expect(createWebhook(named, hook("http://dialer.internal/hook"))).rejects.toMatchObject(
      refusedAt("/url"),
    );
  }
});

it("changes no address to plain http, and keeps one from an earlier version", async () => {
  const ctx = as(await aContext(), "owner");
  const { id: endpointId } = await createWebhook(ctx, hook("https://dialer.example/hook"));
  const to = (url: string) => changeEndpoint(ctx, { endpointId, url });
  await expect(to("http://dialer.example/hook")).rejects.toMatchObject(refusedAt("/url"));
  const old = "http://dialer.example/old";
  await db.prisma.endpoint.updateMany({ where: { id: endpointId }, data: { url: old } });
  await changeEndpoint(ctx, { endpointId, name: "Old dialer", url: old });
  expect(await db.prisma.endpoint.findFirst({ where: { id: endpointId } })).toMatchObject({
    name: "Old dialer",
  });
});

it("connects no dialer whose password would travel over plain http", async () => {
  const ctx = as(await aContext(), "owner");
  const connect = (url: string) => connectDialer(ctx, { dialer: vicidial(url), reason });
  await expect(connect("http://dialer.example/api.php")).rejects.toMatchObject(
    refusedAt("/dialer/settings/url"),
  );
  const { id: endpointId } = await connect("https://dialer.example/api.php");
  const change = ChangeDialer.parse({ ...vicidial("http://dialer.example/api.php"), endpointId });
  await expect(changeDialer(ctx, change)).rejects.toMatchObject(refusedAt("/settings/url"));
});
