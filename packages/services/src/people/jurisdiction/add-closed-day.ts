import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { AddClosedDay } from "@ringfence/core/people/jurisdiction";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/** Adds days on which nobody in a jurisdiction is called, starting now, until `endClosedDay` removes them. */
export const addClosedDay = command({
  name: "addClosedDay",
  action: "closed-day.change",
  input: z.custom<AddClosedDay>(),
  run: async (ctx, { jurisdiction, first, last, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now: from } = ctx;
    const [firstDay, lastDay] = [new Date(first), new Date(last)];
    const memberId = requireSelf(ctx);
    const { id } = await db.closedDay.create({
      data: { organizationId, jurisdiction, firstDay, lastDay, reason, from, memberId },
    });
    const told = { closedDayId: id, jurisdiction, first, last };
    await appendAudit(ctx, "closed-day.change", { ...told, change: "added" });
    return { id };
  },
  audit: "by run",
});
