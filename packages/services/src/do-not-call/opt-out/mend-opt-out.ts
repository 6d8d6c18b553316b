import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { MisreadOptOutId } from "@ringfence/core/ids";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { readPhone } from "@ringfence/core/people/phone";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { appendOptOuts } from "./append-opt-outs.ts";

/** `phone` as people write it. */
export type MendOptOut = { id: MisreadOptOutId; phone: string };

/**
 * Says whose a misread refusal is: it goes on record for that number as a refusal of all calls, since
 * the moment in which it came, and waits no more.
 */
export const mendOptOut = command({
  name: "mendOptOut",
  action: "opt-out.mend",
  input: z.custom<MendOptOut>(),
  run: async (ctx, { id, phone: written }) => {
    const { db, organizationId } = ctx;
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");

    const where = { organizationId, id, discardedAt: null };
    const misread = await db.misreadOptOut.findFirst({ where });
    const { count: settled } = await db.misreadOptOut.deleteMany({ where });
    if (misread === null || settled === 0) {
      throw new ServiceError("not-found", { key: "opt-out.misread-not-found" });
    }
    const { recordedAt: at } = misread;
    const channel = OptOutChannel.parse(misread.channel);
    const phoneId = await internPhone(ctx, read.phone);
    const [onRecord] = await appendOptOuts(ctx, [
      { phoneId, scope: { scope: "all" }, channel, at },
    ]);
    if (!onRecord) throw new Error("a refusal was not put on record");
    await appendAudit(ctx, "opt-out.mend", { phoneId, optOutId: onRecord.id, misreadId: id });
    return { id: onRecord.id, phone: read.phone, reference: onRecord.reference };
  },
  audit: "by run",
});
