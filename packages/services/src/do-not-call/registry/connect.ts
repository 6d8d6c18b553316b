import { ServiceError, type TransactionContext, command, query } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { type OrganizationId, RegistryId } from "@ringfence/core/ids";
import {
  ChangeRegistry,
  ConnectRegistry,
  type ReadingSchedule,
  type RegistryCode,
  RegistryFormat,
  RegistrySource,
  fitsAllowList,
  isSameServer,
  needsSecret,
} from "@ringfence/core/do-not-call/registry";
import { findAllowLists, listBooks } from "@ringfence/core/people/jurisdiction";
import { lockRegistry, registryNotFound, startReading } from "./registry.ts";

/**
 * Connects a registry and starts to read it, unless people have to bring what is read: a file, or the operator's answer
 * about numbers. A code is connected once; a disconnected registry is reconnected instead.
 */
export const connectRegistry = command({
  name: "connectRegistry",
  action: "registry.change",
  input: ConnectRegistry,
  run: async (ctx, input) => {
    const { db, organizationId } = ctx;
    const { secret, schedule, ...registry } = input;
    const { code } = registry;
    await assertFits(ctx, code, registry);
    const sealed = secret && ctx.keys.sealing.seal(sealingContext(organizationId, code), secret);
    const { count } = await db.registry.createMany({
      data: {
        organizationId,
        ...registry,
        ...(sealed && { secret: sealed }),
        ...(schedule && { schedule }),
        // Counts as a reading that the schedule started now, so that the next one is the first due after this.
        sweptAt: ctx.now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      const where = { organizationId, code, disconnectedAt: null };
      const isConnected = (await db.registry.count({ where })) > 0;
      const messageKey = isConnected ? "error.registry-connected" : "error.registry-disconnected";
      throw new ServiceError("conflict", { key: messageKey, values: { code } });
    }
    const { id } = await db.registry.findUniqueOrThrow({
      where: { organizationId_code: { organizationId, code } },
    });
    const registryId = RegistryId.parse(id);
    return { registryId, runId: await startReading(ctx, registryId, registry.source) };
  },
  audit: ({ registryId }, { code }) => ({ registryId, change: "connected", code }),
});

/**
 * Changes the settings of a registry. The edition in force stays until the next reading. A new source, format or secret
 * starts one, unless the registry is disconnected or people have brought nothing to read yet. The code never changes: the
 * secret is sealed to it.
 */
export const changeRegistry = command({
  name: "changeRegistry",
  action: "registry.change",
  input: ChangeRegistry,
  run: async (ctx, input) => {
    const { db, organizationId } = ctx;
    const { registryId, name, format, maxAgeDays, maxShrinkShare, schedule } = input;
    const { disconnectedAt } = await lockRegistry(ctx, registryId);
    const before = await loadSource(ctx, registryId);
    // The form sends `{ kind: "upload" }`, which must not replace the stored source that names the uploaded file.
    const keepsFile = input.source?.kind === "upload" && before.source.kind === "upload";
    const newSource = keepsFile ? undefined : input.source;
    const source = newSource ?? before.source;
    await assertFits(ctx, before.code, { format: format ?? before.format, source });
    const data = {
      ...(name !== undefined && { name }),
      ...(format && { format }),
      ...(newSource && { source: newSource }),
      ...sealNextSecret(ctx, input, before),
      ...(maxAgeDays !== undefined && { maxAgeDays }),
      ...(maxShrinkShare !== undefined && { maxShrinkShare }),
    };
    await db.registry.updateMany({ where: { organizationId, id: registryId }, data });
    if (schedule !== undefined) await setSchedule(ctx, registryId, schedule);

    const fields = [...Object.keys(data), ...(schedule === undefined ? [] : ["schedule"])].join(
      " ",
    );
    const isReadAgain = newSource || format || input.secret !== undefined;
    if (!isReadAgain) return { registryId, runId: null, fields };

    // Forgets the ETag and date by which the old source says that nothing has changed, and tells a running reading, by
    // the revision, that it uses old settings.
    await db.$executeRaw`
      UPDATE registry SET validators = NULL, revision = revision + 1
      WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
    // A disconnected registry is read when it is reconnected.
    const runId = disconnectedAt === null ? await startReading(ctx, registryId, source) : null;
    return { registryId, runId, fields };
  },
  audit: ({ registryId, fields }) => ({ registryId, change: "changed", fields }),
  answer: ({ registryId, runId }) => ({ registryId, runId }),
});

/** Throws if the registry is an allow list, but its format or source only lists numbers that may not be called. */
async function assertFits(
  ctx: TransactionContext,
  code: RegistryCode,
  settings: Parameters<typeof fitsAllowList>[0],
) {
  const isAllowList = listBooks(await loadLaw(ctx)).some((book) => findAllowLists(book).has(code));
  if (!isAllowList || fitsAllowList(settings)) return;
  throw new ServiceError("invalid", { key: "error.allow-list-format", values: { code } });
}

/** Saves the schedule with SQL, because a Prisma update takes no null for JSON. */
const setSchedule = (
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  schedule: ReadingSchedule | null,
) => db.$executeRaw`
  UPDATE registry SET schedule = ${schedule && JSON.stringify(schedule)}::jsonb
  WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;

async function loadSource({ db, organizationId }: TransactionContext, registryId: RegistryId) {
  const { code, ...row } = await db.registry.findFirstOrThrow({
    where: { organizationId, id: registryId },
    select: { code: true, source: true, format: true },
  });
  return {
    code,
    source: RegistrySource.parse(row.source),
    format: RegistryFormat.parse(row.format),
  };
}

/** Seals a new secret, or drops the old one if the server changed: a secret never goes to a second server. */
function sealNextSecret(
  { keys, organizationId }: TransactionContext,
  { source, secret }: ChangeRegistry,
  before: { code: RegistryCode; source: RegistrySource },
) {
  if (secret !== undefined) {
    return { secret: keys.sealing.seal(sealingContext(organizationId, before.code), secret) };
  }
  return !source || isSameServer(before.source, source) ? {} : { secret: null };
}

/** Opens a registry's source and its secret, for the worker only. People never see a secret. */
export const openSource = query({
  name: "openSource",
  action: "registry.apply",
  input: RegistryId,
  run: async ({ db, keys, organizationId }, registryId) => {
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (registry === null) throw registryNotFound();
    const source = RegistrySource.parse(registry.source);
    const { code, secret: sealed } = registry;
    const secret = sealed && keys.sealing.open(sealingContext(organizationId, code), sealed);
    if (secret === null && (sealed !== null || needsSecret(source))) {
      throw new ServiceError("conflict", { key: "source.secret-missing" });
    }
    return { source, secret };
  },
  audit: "none",
});

/** Context to which a secret is sealed, so that it cannot be opened in the row of another registry. */
const sealingContext = (organizationId: OrganizationId, code: RegistryCode) => ({
  organizationId,
  purpose: `registry ${code}`,
});
