import { expect, it } from "vitest";
import { aRunningCampaign } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { exportCalls } from "./export-calls.ts";

const reason = "The dialer takes files alone.";

it("gives calls with their permits to who may take numbers away, and keeps what for", async () => {
  const { ctx, ada, campaignId } = await aRunningCampaign();
  const { page } = await exportCalls(ctx, { campaignId, reason });
  expect((await page()).items).toContainEqual(
    expect.objectContaining({ phone: ada.phone, expiresAt: expect.any(Date) }),
  );
  const { organizationId } = ctx;
  expect(await db.prisma.campaignHandOver.findMany({ where: { organizationId } })).toMatchObject([
    { reason, calls: 2, actor: { type: "member", id: "ada" } },
  ]);
  expect(
    await db.prisma.auditEntry.count({ where: { organizationId, action: "campaign.export" } }),
  ).toBe(1);
});

it("gives nothing to marketers, nor of another organization's campaign", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await expect(exportCalls(as(ctx, "marketer"), { campaignId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const { page } = await exportCalls(await aContext(), { campaignId, reason });
  await expect(page()).rejects.toMatchObject({
    code: "not-found",
  });
});
