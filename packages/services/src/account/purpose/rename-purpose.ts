import { command } from "../../platform/verb.ts";
import { RenamePurpose } from "@ringfence/core/account/purpose";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** What a purpose is called on pages and to people. Its key stays: consents and refusals name it. */
export const renamePurpose = command({
  name: "renamePurpose",
  action: "organization.change",
  input: RenamePurpose,
  run: async (ctx, { key, name }) => {
    const { db, organizationId } = ctx;
    const { count } = await db.purpose.updateMany({
      where: { organizationId, key },
      data: { name },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "purpose.not-found" });
    await appendAudit(ctx, "organization.change", { change: "purpose renamed", key });
  },
  audit: "by run",
});
