import { command } from "../../platform/verb.ts";
import { AddPurpose, RenamePurpose, findPlacementFault } from "@ringfence/core/account/purpose";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "./purposes-of.ts";

/** A node of the tree more, below one that is there or at the top. */
export const addPurpose = command({
  name: "addPurpose",
  action: "organization.change",
  input: AddPurpose,
  run: async (ctx, purpose) => {
    const { db, organizationId } = ctx;
    const { name: _, ...words } = purpose;
    const fault = findPlacementFault(await purposesOf(ctx), purpose);
    if (fault) throw new ServiceError("conflict", fault, "/key");

    const { count } = await db.purpose.createMany({
      data: { organizationId, ...purpose },
      skipDuplicates: true,
    });
    if (count === 0) {
      const values = { key: purpose.key };
      throw new ServiceError("conflict", { key: "purpose.taken", values }, "/key");
    }
    await appendAudit(ctx, "organization.change", { change: "purpose added", ...words });
  },
  audit: "by run",
});

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
