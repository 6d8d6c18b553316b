import { command } from "../../platform/verb.ts";
import { DisclosureId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Restores a disclosure from the archive, with all its versions and its draft. */
export const restoreDisclosure = command({
  name: "restoreDisclosure",
  action: "disclosure.change",
  input: DisclosureId,
  run: async (ctx, id): Promise<void> => {
    const { db, organizationId } = ctx;
    const { count } = await db.disclosureArchive.deleteMany({ where: { organizationId, id } });
    if (count === 0) throw new ServiceError("not-found", { key: "disclosure.not-archived" });
    await appendAudit(ctx, "disclosure.change", { disclosureId: id, archived: false });
  },
  audit: "by run",
});
