import { ServiceError, appendAudit, command } from "../../platform/internal.ts";
import { AddPurpose, RenamePurpose, findPlacementFault } from "@ringfence/core/account/purpose";
import { loadPurposes } from "./purposes.ts";

/** Adds a purpose, at the top of the tree or below another. */
export const addPurpose = command({
  name: "addPurpose",
  action: "organization.change",
  input: AddPurpose,
  run: async (ctx, purpose) => {
    const { db, organizationId } = ctx;
    const { name: _, ...words } = purpose;
    const fault = findPlacementFault(await loadPurposes(ctx), purpose);
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

/** Renames a purpose. Its key stays, because consents and opt-outs name it. */
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
