import { SegmentId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { type TransactionContext, inTransaction } from "../../platform/context.ts";
import { readSegment } from "./list.ts";
import { saveSegment } from "./save.ts";

it("keeps every version, and queues a refresh", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await saveSegment(ctx, { segment: { id, version }, name: "In Tver", rule: livesIn("Tver") });

  expect(await readSegment(ctx, id)).toMatchObject({
    name: "In Tver",
    version: 2,
    rule: livesIn("Tver"),
    versions: [{ number: 2 }, { number: 1 }],
  });
  const { rows } = await db.pool.query(
    "SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'segment.refresh' AND key LIKE $1",
    [`%${id}`],
  );
  expect(rows).toHaveLength(1);
});

it("does not overwrite a concurrent change", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const change = (name: string) =>
    saveSegment(ctx, { segment: { id, version }, name, rule: buyers });

  const both = await Promise.allSettled([change("A"), change("B")]);

  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "conflict", explanation: { key: "segment.changed-meanwhile" } },
  });
});

it("keeps two segments saved at once from naming each other", async () => {
  const ctx = await aScene();
  const [a, b] = [
    await saveSegment(ctx, { name: "A", rule: buyers }),
    await saveSegment(ctx, { name: "B", rule: buyers }),
  ];
  const naming = (segment: typeof a, other: typeof a, name: string) => ({
    segment,
    name,
    rule: { is: "segment" as const, segment: other.id },
  });
  const work = async (first: TransactionContext) => {
    await saveSegment(first, naming(a, b, "A"));
    const saved = Promise.allSettled([saveSegment(ctx, naming(b, a, "B"))]);
    await waitForLockWaiter();
    return { saved };
  };
  const second = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await second.saved).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "segment.circle" } } },
  ]);
});

it("rejects an unsound rule, a name that is taken, and a cycle", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const second = await saveSegment(ctx, { name: "Both", rule: { is: "segment", segment: id } });

  await expect(saveSegment(ctx, { name: "Buyers", rule: buyers })).rejects.toMatchObject({
    explanation: { key: "segment.name-taken" },
  });
  const unsound = { ...buyers, did: { type: "theft" } } as never;
  await expect(saveSegment(ctx, { name: "Thieves", rule: unsound })).rejects.toMatchObject({
    code: "invalid",
    path: "/rule/did/type",
  });
  const circle = {
    is: "any" as const,
    of: [buyers, { is: "segment" as const, segment: second.id }],
  };
  await expect(
    saveSegment(ctx, { segment: { id, version }, name: "Buyers", rule: circle }),
  ).rejects.toMatchObject({ path: "/rule/of/1/segment", explanation: { key: "segment.circle" } });
});

it("refuses auditors, and changes no segment of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id, version } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const change = { segment: { id: SegmentId.parse(id), version }, name: "Ours", rule: buyers };

  await expect(saveSegment(as(ctx, "auditor"), change)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(saveSegment(other, change)).rejects.toMatchObject({ code: "not-found" });
  expect(await readSegment(ctx, id)).toMatchObject({ name: "Buyers", version: 1 });
});

it("saves no rule about consents to a seller that is not the member's", async () => {
  const ctx = await aScene();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  const saved = saveSegment(marketer, { name: "Theirs", rule: { is: "any", of: [mine, theirs] } });
  await expect(saved).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await saveSegment(marketer, { name: "Mine", rule: mine });
  expect(await readSegment(ctx, id)).toMatchObject({ rule: mine });
});
