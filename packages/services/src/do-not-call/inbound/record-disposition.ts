import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { type RecordDisposition, ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { readDisposition } from "@ringfence/core/calling/call";
import { recordReply, type ReplyOutcome } from "./record-reply.ts";

/** Takes the code with which a dialer ended a call, as the organization has mapped it. */
export const recordDisposition = command({
  name: "recordDisposition",
  action: "opt-out.record",
  input: z.custom<RecordDisposition & { system: string }>(),
  run: async (ctx, { system, phone, code, externalId }): Promise<ReplyOutcome> => {
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
  },
  audit: "by run",
});
