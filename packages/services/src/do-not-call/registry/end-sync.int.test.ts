import { RegistryEditionId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aRegistryThatLists, fullList, numbersOf } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { claimRun } from "../../platform/run/index.ts";
import { changeRegistry } from "./change-registry.ts";
import { endSync } from "./end-sync.ts";
import { readRegistry } from "./read-registry.ts";
import { requestSync } from "./request-sync.ts";
import { settleEdition } from "./settle-edition.ts";

const error = { key: "registry.fault.empty", values: { file: "a.csv" } } as const;

/** A registry that has been read by a run, which has not ended yet. */
async function scene() {
  const { ctx, asOfficer, registryId, apply } = await aRegistryThatLists(numbersOf(818, 100));
  const { runId } = await requestSync(asOfficer, registryId);
  const claimed = await claimRun(ctx, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const { claim } = claimed;
  const before = await readRegistry(ctx, registryId);
  const end = (by: ServiceContext = ctx, more: object = {}) =>
    endSync(by, { registryId, before, claim, outcome: { lines: 3 }, error: null, ...more });
  const run = () => db.prisma.run.findFirstOrThrow({ where: { id: runId } });
  const change = (by: ServiceContext = asOfficer) =>
    changeRegistry(by, { registryId, source: { kind: "folder", path: "eu" } });
  return { ctx, asOfficer, registryId, runId, apply, end, run, change };
}

it("ends a run, well or not", async () => {
  const [good, bad] = [await scene(), await scene()];
  expect(await good.end()).toBe(true);
  expect(await good.run()).toMatchObject({ status: "done", outcome: { lines: 3 }, error: null });
  expect(await bad.end(bad.ctx, { error })).toBe(true);
  expect(await bad.run()).toMatchObject({ status: "failed", outcome: { lines: 3 }, error });
});

it.each([{ error: null }, { error }])(
  "goes on where a change was answered with the run, %j",
  async (how) => {
    const { ctx, runId, change, end, run } = await scene();
    expect(await change()).toMatchObject({ runId });
    expect(await end(ctx, how)).toBe(false);
    expect((await run()).status).toBe("running");
  },
);

it("goes on, once, where an edition was accepted that was held", async () => {
  const { ctx, asOfficer, registryId, runId, apply, end } = await scene();
  const held = await apply(fullList(numbersOf(818, 10)));
  if (held.outcome !== "held") throw new Error(held.outcome);
  const editionId = RegistryEditionId.parse(held.editionId);
  const settle = { registryId, editionId, verdict: "accepted", reason: "They told us" } as const;
  expect(await settleEdition(asOfficer, settle)).toEqual({ runId });
  expect(await end()).toBe(false);
  expect(await end(ctx, { before: await readRegistry(ctx, registryId) })).toBe(true);
});

it("has whoever changes the registry wait, and start another run", async () => {
  const { ctx, runId, end, change } = await scene();
  const work = async (ctx: ServiceContext) => {
    await end(ctx);
    const changed = change();
    await untilOneWaits();
    return { changed };
  };
  const { changed } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  const { runId: next } = await changed;
  expect(next).not.toBe(runId);
  expect(next).not.toBeNull();
});

it("leaves a run alone that is another worker's", async () => {
  const { ctx, end, run, change } = await scene();
  await change();
  await db.prisma.run.updateMany({ where: { id: (await run()).id }, data: { worker: "b" } });
  expect(await end(ctx)).toBe(true);
  expect((await run()).status).toBe("running");
});

it("is for the worker, and ends nothing of another organization", async () => {
  const [mine, other] = [await scene(), await scene()];
  await expect(mine.end(mine.asOfficer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(mine.end(other.ctx)).rejects.toMatchObject({ code: "not-found" });
  expect((await mine.run()).status).toBe("running");
});
