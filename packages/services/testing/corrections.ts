import type { OptOutCorrectionId } from "@ringfence/core/ids";
import type { ProposeCorrection, RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { ScreenCall } from "@ringfence/core/calling/screening";
import type { RootContext } from "../src/platform/context.ts";
import { answerCorrection, proposeCorrection } from "../src/do-not-call/opt-out/correct.ts";
import { screenCall } from "../src/calling/screening/screen-call.ts";
import { recorded } from "./opt-outs.ts";
import { aCallablePhone } from "./phones.ts";
import { aContext, as, db } from "./scenes.ts";

/** Creates a phone that may be called except for an opt-out that an agent recorded for it, and two officers. */
export async function aWrongRefusal(more: Partial<RecordOptOut> = {}) {
  const ctx = await aContext();
  const other = as(ctx, "officer");
  const callable = await aCallablePhone(ctx);
  const optOut = await recorded(ctx, { phone: callable.phone, channel: "agent", ...more });
  const propose = (asked: Partial<ProposeCorrection> = {}) =>
    proposeCorrection(ctx, { optOut: optOut.id, reason: "One digit was misheard.", ...asked });
  const accept = (id: OptOutCorrectionId, by: RootContext = other) =>
    answerCorrection(by, { id, isAccepted: true });
  const correct = async () => accept((await propose()).id);
  /** Creates correction proposals by a third officer that wait for an answer. */
  const asked = (count: number) =>
    db.prisma.optOutCorrection.createMany({
      data: Array.from({ length: count }, () => ({
        organizationId: ctx.organizationId,
        optOutId: optOut.id,
        proposedAt: new Date(),
        actor: { type: "member", id: "third" },
      })),
    });
  const reasons = (phone: string = callable.phone) => findRefusalReasons(ctx, phone);
  return { ctx, other, ...callable, optOut, propose, accept, correct, asked, reasons };
}

/** Inserts an accepted correction of an opt-out straight into the tables, without MACs, as an intruder would. */
export async function insertCorrection(organizationId: string, optOutId: string, by = db) {
  const row = { organizationId, optOutId, actor: { id: "asks" } };
  const data = { ...row, proposedAt: new Date() };
  const { id: correctionId } = await by.prisma.optOutCorrection.create({ data });
  await by.prisma.optOutCorrectionAnswer.create({
    data: {
      ...row,
      correctionId,
      isAccepted: true,
      answeredAt: new Date(),
      actor: { id: "accepts" },
    },
  });
}

/** Returns the reasons for which a number may not be called now. */
export async function findRefusalReasons(ctx: RootContext, phone: string) {
  const call = ScreenCall.parse({ phone, purpose: "marketing" });
  return (await screenCall(ctx, call)).refusals.map(({ reason }) => reason);
}
