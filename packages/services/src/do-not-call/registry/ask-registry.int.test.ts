import { expect, it } from "vitest";
import { anAustralianRegistry } from "../../../testing/australian-registry.ts";
import { loadRegistryAnswers, recordAnswers, recordBalance, startAsk } from "./ask-registry.ts";
import { aRegistry, listedNow, published, readEdition } from "../../../testing/registries.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { viewRegistry } from "./list.ts";
import { createEditionFromFreeNumbers } from "@ringfence/core/do-not-call/registry";
import { applyEdition } from "./apply-edition.ts";

it("returns the same request until its result is known", async () => {
  const { ctx, registryId } = await anAustralianRegistry();
  const first = await startAsk(ctx, registryId);
  expect(first).toMatchObject({ outcome: "ask", ask: { phones: [{}, {}] } });
  const again = await startAsk(ctx, registryId);
  expect(again).toEqual({ ...first, outcome: "again" });
});

it("keeps the monthly budget, whatever the results are", async () => {
  const { ctx, registryId } = await anAustralianRegistry(1);
  const first = await startAsk(ctx, registryId);
  if (!("ask" in first)) throw new Error(first.outcome);
  expect(first.ask.phones).toHaveLength(1);
  await recordAnswers(ctx, { registryId, askId: first.ask.id, status: "lost" });
  expect(await startAsk(ctx, registryId)).toEqual({ outcome: "budget", budget: 1, waiting: 2 });
});

it("asks about never-asked numbers first, and then about none", async () => {
  const { ctx, registryId } = await anAustralianRegistry(3);
  const first = await startAsk(ctx, registryId);
  if (!("ask" in first)) throw new Error(first.outcome);
  const [one, two] = first.ask.phones;
  if (one === undefined || two === undefined) throw new Error("two contacts");
  const settle = { registryId, askId: first.ask.id, status: "answered" } as const;
  await recordAnswers(ctx, { ...settle, answers: [{ phoneId: one.id, said: "free" }] });
  const next = await startAsk(ctx, registryId);
  if (!("ask" in next)) throw new Error(next.outcome);
  expect(next.ask.phones).toEqual([two]);
  const answers = [{ phoneId: two.id, said: "listed" } as const];
  await recordAnswers(ctx, { registryId, askId: next.ask.id, status: "answered", answers });
  // The budget is used up, and nobody waits.
  expect(await startAsk(ctx, registryId)).toEqual({ outcome: "nothing" });
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { stranger, asOfficer, registryId } = await anAustralianRegistry();
  await expect(startAsk(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(startAsk(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});

async function scene() {
  const registry = await anAustralianRegistry();
  const begun = await startAsk(registry.ctx, registry.registryId);
  if (!("ask" in begun)) throw new Error(begun.outcome);
  const [one] = begun.ask.phones;
  if (!one) throw new Error("nobody is asked about");
  const { registryId } = registry;
  const answers = [{ phoneId: one.id, said: "free" as const }];
  return { ...registry, settle: { registryId, askId: begun.ask.id, answers }, one };
}

it("saves answers once", async () => {
  const { ctx, registryId, settle, one } = await scene();
  await recordAnswers(ctx, { ...settle, status: "answered" });
  expect(await loadRegistryAnswers(ctx, registryId)).toMatchObject({ free: [Number(one.digits)] });
  const answers = [{ phoneId: one.id, said: "listed" as const }];
  await recordAnswers(ctx, { ...settle, status: "answered", answers });
  expect(await loadRegistryAnswers(ctx, registryId)).toMatchObject({ free: [Number(one.digits)] });
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { ctx, stranger, asOfficer, registryId, settle } = await scene();
  const answered = { ...settle, status: "answered" } as const;
  await expect(recordAnswers(stranger, answered)).rejects.toMatchObject({ code: "not-found" });
  await expect(recordAnswers(asOfficer, answered)).rejects.toMatchObject({ code: "forbidden" });
  expect(await loadRegistryAnswers(ctx, registryId)).toMatchObject({ answered: [] });
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { ctx, stranger, asOfficer, registryId } = await anAustralianRegistry();
  expect(await loadRegistryAnswers(ctx, registryId)).toMatchObject({ answered: [], free: [] });
  await expect(loadRegistryAnswers(stranger, registryId)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(loadRegistryAnswers(asOfficer, registryId)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("refuses a registry that is read from files", async () => {
  const { ctx, registryId } = await aRegistry();
  await expect(loadRegistryAnswers(ctx, registryId)).rejects.toMatchObject({
    explanation: { key: "error.registry-not-asked" },
  });
});

const asJob = <T extends object>(ctx: T) => ({
  ...ctx,
  actor: { type: "job", name: "registry.sync" } as const,
});

it("saves the balance of one registry", async () => {
  const { ctx, registryId } = await aRegistry();
  await recordBalance(asJob(ctx), { registryId, numbers: 7 });
  const { balance } = await viewRegistry(as(ctx, "officer"), registryId);
  expect(balance).toEqual({ numbers: 7, at: expect.any(Date) });
});

it("allows only the worker to save a balance, and finds no registry of another organization", async () => {
  const { ctx, registryId } = await aRegistry();
  const balance = { registryId, numbers: 7 };
  await expect(recordBalance(as(ctx, "officer"), balance)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(recordBalance(asJob(await aContext()), balance)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("collects answers about litigators from the first one on", async () => {
  const { ctx, registryId, row } = await aRegistry();
  const answer = (...said: [phone: number, isLitigator: boolean][]) => {
    const phones = said.map(([phone, IsLitigator]) => ({ PhoneNumber: `${phone}`, IsLitigator }));
    const files = { "answer.json": JSON.stringify(phones) };
    const edition = readEdition(files, { reader: "us-litigators" });
    return applyEdition(ctx, published(registryId, "818,5550100\n", { edition }));
  };
  expect(await answer([8_185_550_100, false])).toMatchObject({
    outcome: "applied",
    listedAfter: 0,
  });
  await answer([8_185_550_100, true], [8_185_550_101, true]);
  await answer([2_135_550_100, true], [8_185_550_102, false]);
  expect(await listedNow(registryId)).toEqual([2_135_550_100, 8_185_550_100, 8_185_550_101]);
  expect(await row()).toMatchObject({ edition: 3, listed: 3n });
});

it("dates an edition of answers by its oldest answer", async () => {
  const { ctx, registryId, row } = await aRegistry();
  const apply = (free: readonly number[], readAt: Date) => {
    const answered = [61_412_000_001, 61_412_000_002];
    const edition = createEditionFromFreeNumbers({ region: "AU", free, answered });
    if (edition === null) throw new Error("nothing was asked");
    return applyEdition(ctx, published(registryId, "818,5550100\n", { edition, readAt }));
  };
  const later = new Date("2026-03-02T02:00:00Z");
  await apply([], later);
  expect(await row()).toMatchObject({ verifiedAt: later });
  const answeredAt = new Date("2026-03-01T02:00:00Z");
  expect(await apply([61_412_000_001], answeredAt)).toMatchObject({ outcome: "applied" });
  expect(await row()).toMatchObject({ verifiedAt: answeredAt });
  const earlier = new Date("2026-02-28T02:00:00Z");
  expect(await apply([61_412_000_001], earlier)).toMatchObject({ outcome: "unchanged" });
  expect(await row()).toMatchObject({ verifiedAt: earlier });
});
