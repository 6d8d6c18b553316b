import {
  type RecordDisposition,
  ReplyReading,
  readDisposition,
} from "@ringfence/core/do-not-call/inbound";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { recordReply, type ReplyOutcome } from "./record-reply.ts";

/** Takes the code with which a dialer ended a call, as the organization has mapped it. */
export async function recordDisposition(
  ctx: ServiceContext,
  { system, phone, code, externalId }: RecordDisposition & { system: string },
): Promise<ReplyOutcome> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const own = await db.disposition.findFirst({ where: { organizationId, system, code } });
    const mapped = own === null ? {} : { [code]: ReplyReading.parse(own.reading) };
    return recordReply(ctx, {
      provider: `disposition ${system}`,
      externalId: externalId ?? null,
      channel: "disposition",
      phone,
      reading: readDisposition(system, code, mapped),
      text: `${system}: ${code}`,
    });
  });
}
