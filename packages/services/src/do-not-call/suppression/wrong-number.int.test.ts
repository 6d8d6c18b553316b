import { ReportWrongNumber } from "@ringfence/core/do-not-call/suppression";
import { SuppressionId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/index.ts";
import { screenCall } from "../../calling/screening/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { endSuppression } from "./end.ts";
import { reportWrongNumber } from "./record.ts";

/** Why the number may not be called now, apart from the clock. */
async function whyNot(ctx: RootContext, phone: string) {
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
  const ofClock = new Set(["outside-calling-hours", "day-not-allowed", "registry-unchecked"]);
  return refusals.map(({ reason }) => reason).filter((reason) => !ofClock.has(reason));
}

it("lets nobody use the consents of a number that reaches somebody else, until an officer has looked", async () => {
  const ctx = await aContext();
  const agent = as(ctx, "agent");
  const phone = aNumber();
  await recordConsent(ctx, aConsent({ phone }));
  expect(await whyNot(ctx, phone)).toEqual([]);

  const { id, phoneId } = await reportWrongNumber(agent, { phone });

  expect(await whyNot(ctx, phone)).toEqual(["suppressed"]);
  await recordConsent(agent, aConsent({ phone, obtainedAt: new Date() }));
  expect(await whyNot(ctx, phone)).toEqual(["suppressed"]);
  const where = { organizationId: ctx.organizationId, action: "suppression.report-wrong-number" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { phoneId, details: { suppressionId: id } },
  ]);

  const end = { id: SuppressionId.parse(id), reason: "mistake" } as const;
  await expect(endSuppression(agent, end)).rejects.toMatchObject({ code: "forbidden" });
  await endSuppression(ctx, end);
  expect(await whyNot(ctx, phone)).toEqual([]);
});

it("is on record once, however often the agent presses the key", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const reported = await Promise.all([1, 2, 3].map(() => reportWrongNumber(ctx, { phone })));
  expect(new Set(reported.map(({ id }) => id)).size).toBe(1);
});

it("takes no other reason and no end", () => {
  expect(ReportWrongNumber.safeParse({ phone: aNumber(), reason: "litigator" }).success).toBe(
    false,
  );
  expect(ReportWrongNumber.safeParse({ phone: aNumber(), until: new Date() }).success).toBe(false);
});
