import { PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsent, aContext, db } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { erasePerson } from "./erase-person.ts";

it("finds void what was agreed to after the erasure began, and came first", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const consent = aConsent();
  await recordConsent(ctx, consent);
  const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  await inTransaction(ctx, async (began) => {
    await recordConsent(ctx, { ...consent, obtainedAt: began.now });
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await erasePerson(earlier, { person: { phoneId: PhoneId.parse(id) }, reason: "asked" });
  });

  const events = await db.prisma.consentEvent.findMany({ where: { organizationId } });
  const voided = events.filter(({ type }) => type === "invalidated");
  expect(voided).toHaveLength(2);
  for (const { consentId, at } of voided) {
    const given = events.find((it) => it.consentId === consentId && it.type === "granted");
    expect(at.getTime()).toBeGreaterThanOrEqual(given?.at.getTime() ?? Infinity);
  }
});

it("finds each consent void of somebody who agreed to the same more than once", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const phone = aNumber();
  const days = [new Date("2026-01-05Z"), new Date("2026-02-05Z")];
  for (const obtainedAt of days) await recordConsent(ctx, aConsent({ phone, obtainedAt }));
  const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });

  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(id) }, reason: "asked" });

  const where = { organizationId, type: "invalidated" } as const;
  const voided = await db.prisma.consentEvent.findMany({ where });
  expect(new Set(voided.map(({ consentId }) => consentId)).size).toBe(2);
});
