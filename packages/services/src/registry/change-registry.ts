import { type ChangeRegistry, isSamePlace, RegistrySource } from "@ringfence/core/registry";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { startRun } from "../run/start-run.ts";
import { lockRegistry } from "./lock-registry.ts";
import { secretOf } from "./source-secret.ts";

/** Changes how a registry is read; what is in force stays so until it was read anew. */
export async function changeRegistry(ctx: ServiceContext, input: ChangeRegistry) {
  allow(ctx, "registry.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { registryId, name, format, source, maxAgeDays, maxShrinkShare } = input;
    await lockRegistry(ctx, registryId);
    const data = {
      ...(name !== undefined && { name }),
      ...(format && { format }),
      ...(source && { source }),
      ...(await secretAfter(ctx, input)),
      ...(maxAgeDays !== undefined && { maxAgeDays }),
      ...(maxShrinkShare !== undefined && { maxShrinkShare }),
    };
    await db.registry.updateMany({ where: { organizationId, id: registryId }, data });

    const fields = Object.keys(data).join(" ");
    await appendAudit(ctx, "registry.change", { registryId, change: "changed", fields });
    if (!source && !format && input.secret === undefined) return { registryId, runId: null };

    // What the old source said does not hold for the new one.
    await db.$executeRaw`
      UPDATE registry SET validators = NULL, revision = revision + 1
      WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
    if (source?.kind === "upload") return { registryId, runId: null };
    const { runId } = await startRun(ctx, "registry.sync", registryId);
    return { registryId, runId };
  });
}

/** A new secret, or none once the source is another: what opens one server is never shown to a second. */
async function secretAfter(
  { db, keys, organizationId }: TransactionContext,
  { registryId, source, secret }: ChangeRegistry,
) {
  const registry = await db.registry.findFirstOrThrow({
    where: { organizationId, id: registryId },
    select: { code: true, source: true },
  });
  if (secret !== undefined) {
    return { secret: keys.sealing.seal(secretOf(organizationId, registry.code), secret) };
  }
  const stays = !source || isSamePlace(RegistrySource.parse(registry.source), source);
  return stays ? {} : { secret: null };
}
