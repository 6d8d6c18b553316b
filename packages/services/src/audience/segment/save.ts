import { command } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import { SaveSegment, restsOn } from "@ringfence/core/audience/segment";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { allowRule, requireSeen } from "./segment.ts";
import { askForRefresh } from "./refresh.ts";
import { requireSound, ruleWorldOf } from "./rule-world.ts";

/**
 * Saves a segment; a rule that is changed is a new version, and the old ones stay on record. Who is in it,
 * and in those that rest on it, is found anew.
 */
export const saveSegment = command({
  name: "saveSegment",
  action: "segment.change",
  input: SaveSegment,
  run: async (ctx, { segment, name, rule }): Promise<{ id: SegmentId; version: number }> => {
    const { db, organizationId, actor, now } = ctx;
    // Of two at once that name each other, the second sees the first.
    await holdLock(ctx, "segments");
    if (segment) await requireSeen(ctx, segment.id);
    await requireFreeName(ctx, name, segment?.id ?? null);
    const world = await ruleWorldOf(ctx, segment?.id ?? null);
    requireSound(rule, world);
    allowRule(ctx, rule, world.segments);
    const [fresh] = segment ? [segment.id] : await freshIds<SegmentId>(ctx, 1);
    const id = SegmentId.parse(fresh);
    const version = (segment?.version ?? 0) + 1;
    if (segment) await advance(ctx, segment, name);
    else await db.segment.create({ data: { organizationId, id, name, version, createdAt: now } });
    await db.segmentVersion.create({
      data: {
        organizationId,
        segmentId: id,
        number: version,
        rule: JSON.parse(JSON.stringify(rule)),
        at: now,
        actor: actorOnRecord(actor),
      },
    });
    await askForRefresh(ctx, id);
    for (const other of world.segments.values()) {
      if (restsOn(other.rule, id, world.segments)) await askForRefresh(ctx, other.id);
    }
    await appendAudit(ctx, "segment.change", { segmentId: id, version });
    return { id, version };
  },
  audit: "by run",
});

async function requireFreeName(
  { db, organizationId }: TransactionContext,
  name: string,
  ownId: SegmentId | null,
) {
  const other = await db.segment.findFirst({ where: { organizationId, name } });
  if (other === null || other.id === ownId) return;
  const key = other.archivedAt === null ? "segment.name-taken" : "segment.name-archived";
  throw new ServiceError("conflict", { key, values: { name } }, "/name");
}

/** Only from the version that was opened: what another saved meanwhile is not overwritten. */
async function advance(
  { db, organizationId }: TransactionContext,
  { id, version }: { id: SegmentId; version: number },
  name: string,
) {
  const where = { organizationId, id, archivedAt: null };
  const { count } = await db.segment.updateMany({
    where: { ...where, version },
    data: { name, version: version + 1 },
  });
  if (count === 1) return;
  const isThere = (await db.segment.count({ where })) > 0;
  throw isThere
    ? new ServiceError("conflict", { key: "segment.changed-meanwhile" })
    : new ServiceError("not-found", { key: "segment.not-found" });
}
