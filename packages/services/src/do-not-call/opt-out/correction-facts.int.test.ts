import { OptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPublicPage, FLOOD, someNumbers } from "../../../testing/floods.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import { findCorrectionFault } from "./correction-facts.ts";
import { inTransaction } from "../../platform/context.ts";
import { proposeCorrection } from "./propose-correction.ts";

it("lets officers correct an opt-out that a flood repeats", async () => {
  const { officer, flood } = await aPublicPage();
  const phone = aNumber();
  const { id } = await recorded(officer, { phone, channel: "agent" });
  await flood([...someNumbers(FLOOD), phone]);
  const asked = { optOut: OptOutId.parse(id), reason: "One digit was misheard." };
  expect(await proposeCorrection(officer, asked)).toHaveProperty("id");
});

it("refuses to correct an opt-out that a visitor typed again, from a busy address or not", async () => {
  const { officer, refuse, organizationId } = await aPublicPage();
  const phone = aNumber();
  await refuse(phone);
  const { id } = await db.prisma.optOut.findFirstOrThrow({ where: { organizationId } });
  await db.prisma.anonymousRefusal.create({
    data: {
      organizationId,
      optOutId: id,
      isNew: false,
      addressKey: new Uint8Array(32),
      hasProof: false,
      receivedAt: new Date(),
    },
  });
  const asked = { optOut: OptOutId.parse(id), reason: "Nobody knows them." };
  await expect(proposeCorrection(officer, asked)).rejects.toMatchObject({
    explanation: { key: "opt-out.correction-said-again" },
  });
});

it("corrects a first opt-out that an earlier version called a repeat", async () => {
  const { officer, organizationId } = await aPublicPage();
  const actor = { type: "visitor", id: "stop" };
  const at = new Date();
  const { id: phoneId } = await db.prisma.phone.create({
    data: { organizationId, e164: aNumber() },
  });
  const { id } = await db.prisma.optOut.create({
    data: {
      organizationId,
      phoneId,
      actor,
      at,
      recordedAt: at,
      scope: "all",
      channel: "web",
      reference: "00000000",
    },
  });
  const details = { optOutId: id, isRepeat: true };
  const note = () =>
    db.prisma.auditEntry.create({
      data: { organizationId, phoneId, actor, action: "opt-out.record", details, at },
    });
  const fault = () => inTransaction(officer, (ctx) => findCorrectionFault(ctx, OptOutId.parse(id)));
  await note();
  expect(await fault()).toBeNull();
  await note(); // and said again
  expect(await fault()).toMatchObject({ key: "opt-out.correction-said-again" });
});
