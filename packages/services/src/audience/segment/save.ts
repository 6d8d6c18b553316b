import { command, createId, holdLock, toStoredActor } from "../../platform/internal.ts";
import { SegmentId } from "@ringfence/core/ids";
import { SaveSegment, dependsOn } from "@ringfence/core/audience/segment";
import { assertMaySeeRule, assertVisible } from "./segment.ts";
import { advanceVersion, assertFreeName } from "./next-version.ts";
import { queueRefresh } from "./refresh.ts";
import { assertSoundRule, loadRuleVocabulary } from "./rule-vocabulary.ts";

/**
 * Saves a segment. Each save is a new version, even if only the name changed, and old versions are kept. Queues a
 * refresh of it and of every segment that depends on it.
 */
export const saveSegment = command({
  name: "saveSegment",
  action: "segment.change",
  input: SaveSegment,
  run: async (ctx, { segment, name, rule }): Promise<{ id: SegmentId; version: number }> => {
    const { db, organizationId, actor, now } = ctx;
    // Two segments saved at once could name each other: the lock lets the second see the first.
    await holdLock(ctx, "segments");
    if (segment) await assertVisible(ctx, segment.id);
    await assertFreeName(ctx, "segment", name, segment?.id ?? null);
    const vocabulary = await loadRuleVocabulary(ctx, segment?.id ?? null);
    assertSoundRule(rule, vocabulary);
    assertMaySeeRule(ctx, rule, vocabulary.segments);
    const id = segment?.id ?? (await createId(ctx, SegmentId));
    const version = (segment?.version ?? 0) + 1;
    if (segment) await advanceVersion(ctx, "segment", segment, name);
    else await db.segment.create({ data: { organizationId, id, name, version, createdAt: now } });
    await db.segmentVersion.create({
      data: {
        organizationId,
        segmentId: id,
        number: version,
        rule: JSON.parse(JSON.stringify(rule)),
        at: now,
        actor: toStoredActor(actor),
      },
    });
    await queueRefresh(ctx, id);
    for (const other of vocabulary.segments.values()) {
      if (dependsOn(other.rule, id, vocabulary.segments)) await queueRefresh(ctx, other.id);
    }
    return { id, version };
  },
  audit: ({ id, version }) => ({ segmentId: id, version }),
});
