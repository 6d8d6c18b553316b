import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { archiveSegment } from "./archive-segment.ts";
import { listSegmentVersions } from "./list-segment-versions.ts";
import { saveSegment } from "./save-segment.ts";

it("tells who saved each version and what it changed, of an archived segment too", async () => {
  const ctx = await aScene();
  const first = await saveSegment(ctx, { name: "People", rule: livesIn("Tver") });
  const rule = { is: "all" as const, of: [livesIn("Tver"), buyers] };
  await saveSegment(as(ctx, "marketer"), { segment: first, name: "People", rule });
  await archiveSegment(ctx, first.id);

  const versions = await listSegmentVersions(as(ctx, "auditor"), {
    segmentId: first.id,
    locale: "en",
  });
  expect(versions).toMatchObject([
    {
      number: 2,
      by: { type: "member" },
      sentence: "city is Tver and purchase: at least 1 time",
      changes: { added: ["purchase: at least 1 time"], removed: [], isRegrouped: false },
    },
    { number: 1, at: expect.any(Date), sentence: "city is Tver", changes: null },
  ]);
});

it("names a segment that an old version used, though it is archived by now", async () => {
  const ctx = await aScene();
  const inner = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  const segment = await saveSegment(ctx, {
    name: "Outer",
    rule: { is: "segment", segment: inner.id },
  });
  await saveSegment(ctx, { segment, name: "Outer", rule: buyers });
  await archiveSegment(ctx, inner.id);
  const [latest] = await listSegmentVersions(ctx, { segmentId: segment.id, locale: "en" });
  expect(latest?.changes?.removed).toEqual([expect.stringContaining("Tver")]);
});

it("is not for agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id: segmentId } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const asked = { segmentId, locale: "en" } as const;
  await expect(listSegmentVersions(other, asked)).rejects.toMatchObject({ code: "not-found" });
  await expect(listSegmentVersions(as(ctx, "agent"), asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});
