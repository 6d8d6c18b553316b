import { command } from "../../platform/verb.ts";
import { MapDisposition } from "@ringfence/core/do-not-call/inbound";
import { appendAudit } from "../../platform/audit/append-audit.ts";

/** Says what a code of a dialer means from now on. */
export const mapDisposition = command({
  name: "mapDisposition",
  action: "inbound.change",
  input: MapDisposition,
  run: async (ctx, { system, code, reading }) => {
    const { db, organizationId } = ctx;
    await db.disposition.createMany({
      data: { organizationId, system, code, reading },
      skipDuplicates: true,
    });
    await db.disposition.updateMany({
      where: { organizationId, system, code },
      data: { reading },
    });
    await appendAudit(ctx, "inbound.change", { system, code, reading });
  },
  audit: "by run",
});
