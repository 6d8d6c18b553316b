import { ListAudit } from "@ringfence/core/platform/audit";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { makeEndpoint } from "./make-endpoint.ts";

const dialer = {
  name: "Dialer",
  url: "https://dialer.example/hook",
  events: ["opt-out.recorded"],
  reason: "The dialer keeps its own list.",
} as const;
const input = { ...dialer, events: [...dialer.events] };

it("shows the secret once, and keeps it sealed", async () => {
  const ctx = as(await aContext(), "developer");
  const { id, secret } = await makeEndpoint(ctx, input);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);

  const { organizationId, keys } = ctx;
  const row = await db.prisma.endpoint.findFirstOrThrow({ where: { organizationId, id } });
  expect(Buffer.from(row.secret).toString("latin1")).not.toContain(secret);
  expect(openSecret(keys, organizationId, row.secret)).toBe(secret);
});

it("seals for one organization: another organization's key does not open it", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  const { id, secret } = await makeEndpoint(mine, input);
  expect((await makeEndpoint(theirs, input)).secret).not.toBe(secret);
  const where = { organizationId: mine.organizationId, id };
  const row = await db.prisma.endpoint.findFirstOrThrow({ where });
  expect(() => openSecret(mine.keys, theirs.organizationId, row.secret)).toThrow(/auth/);
});

it("gives each name once, to whoever comes first", async () => {
  const ctx = as(await aContext(), "owner");
  const made = await Promise.allSettled([1, 2, 3].map(() => makeEndpoint(ctx, input)));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(makeEndpoint(ctx, input)).rejects.toMatchObject({ code: "conflict" });
});

it("is for owners and developers", async () => {
  const ctx = await aContext();
  for (const role of ["officer", "marketer", "agent", "auditor"] as const) {
    await expect(makeEndpoint(as(ctx, role), input)).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("keeps what it was made for with it, and shows that beside each of its entries in the audit log", async () => {
  const ctx = as(await aContext(), "owner");
  const { id } = await makeEndpoint(ctx, input);
  await changeEndpoint(ctx, { endpointId: id, isEnabled: false });
  expect(await listEndpoints(ctx)).toMatchObject([{ id, reason: dialer.reason }]);
  const { items } = await listAudit(ctx, ListAudit.parse({}));
  const reasons = items.filter(({ action }) => action === "endpoint.change");
  expect(reasons.map(({ reason }) => reason)).toEqual([dialer.reason, dialer.reason]);
});
