import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import type { RootContext } from "../context.ts";
import { today } from "./today.ts";

const zone = "America/Chicago";
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function screened(ctx: RootContext, refusals: object[], at = hoursAgo(1)) {
  const { organizationId } = ctx;
  await db.prisma.screening.create({
    data: {
      organizationId,
      sellerId: await aSeller(db, organizationId),
      purpose: "marketing",
      dialer: "live_agent",
      at,
      verdict: refusals.length === 0 ? "allow" : "refuse",
      refusals,
      warnings: [],
      checked: {},
      actor: {},
    },
  });
}

const unchecked = (registry: string) => ({ reason: "registry-unchecked", registry });

it("tells why calls were refused in the last 24 hours, each call once for a reason", async () => {
  const ctx = await aContext();
  await screened(ctx, []);
  await screened(ctx, [{ reason: "opted-out" }, unchecked("US-TX-NCL"), unchecked("US-FTC-DNC")]);
  await screened(ctx, [{ reason: "opted-out" }, { reason: "opted-out" }]);
  await screened(ctx, [unchecked("US-TX-NCL")], hoursAgo(2));
  await screened(ctx, [{ reason: "suppressed" }], hoursAgo(25));

  const { refusals, day } = await today(ctx, { zone });

  expect(refusals).toEqual({
    reasons: [
      { reason: "opted-out", count: 2 },
      { reason: "registry-unchecked", count: 2 },
    ],
    unchecked: { "US-TX-NCL": 2, "US-FTC-DNC": 1 },
  });
  expect(day.hours.reduce((sum, { refused }) => sum + refused, 0)).toBe(3);
});

it("tells the ages of registries to whoever may read them", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await db.prisma.registry.create({
    data: {
      organizationId,
      code: "R",
      name: "R",
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "lists" },
      maxAgeDays: 31,
    },
  });

  expect(await today(ctx, { zone })).toMatchObject({
    needs: [{ kind: "registry-unread" }],
    registries: [{ code: "R" }],
  });
  expect(await today(as(ctx, "agent"), { zone })).toMatchObject({ needs: [], registries: null });
});

it("tells nothing of another organization", async () => {
  await screened(await aContext(), [{ reason: "opted-out" }]);
  expect(await today(await aContext(), { zone })).toMatchObject({
    needs: [],
    refusals: { reasons: [], unchecked: {} },
    registries: [],
  });
});

it("refuses who is no member", async () => {
  const ctx = await aContext({ type: "job", name: "registry.sync" });
  await expect(today(ctx, { zone })).rejects.toMatchObject({ code: "forbidden" });
});
