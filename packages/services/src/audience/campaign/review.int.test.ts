import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aDraft, aRunningCampaign, approve, asDialer } from "../../../testing/campaigns.ts";
import { as } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { everybody } from "../../../testing/waterfall-scene.ts";
import type { RootContext } from "../../platform/context.ts";
import { saveOffer } from "../offer/save.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { saveSegment } from "../segment/save.ts";
import { handOverCalls } from "./hand-over.ts";
import { moveCampaign } from "./move.ts";
import { readPreflight } from "./preflight.ts";

const nobody: Rule = { is: "any", of: [] };

/** `All` rests on `Inner`, and the offer is for `Eligible`, which rests on `Deep`: all of them everybody. */
async function aDraftThatRests() {
  const draft = await aDraft();
  const { ctx, marketer, segmentId, offerId, offer } = draft;
  const saved = async (
    name: string,
    rule: Rule,
    segment?: { id: typeof segmentId; version: number },
  ) => {
    const { id } = await saveSegment(marketer, { name, rule, ...(segment && { segment }) });
    await refreshSegment(asRefresher(ctx), id);
    return id;
  };
  const inner = await saved("Inner", everybody);
  await saved("All", { is: "segment", segment: inner }, { id: segmentId, version: 1 });
  const deep = await saved("Deep", everybody);
  const eligibility = await saved("Eligible", { is: "segment", segment: deep });
  await saveOffer(marketer, { ...offer, offer: { id: offerId, version: 1 }, eligibility });
  const change = (id: typeof segmentId, name: string, rule: Rule = nobody) =>
    saveSegment(marketer, { name, rule, segment: { id, version: 1 } });
  return { ...draft, inner, deep, eligibility, change };
}

const refresh = async (ctx: RootContext, ids: readonly Parameters<typeof refreshSegment>[1][]) => {
  for (const id of ids) await refreshSegment(asRefresher(ctx), id);
};
const handed = (ctx: RootContext) => handOverCalls(asDialer(ctx), { key: "spring", limit: 100 });
const changed = (name: string) => ({
  code: "conflict",
  explanation: { key: "campaign.segment-changed", values: { name } },
});

it.each([
  ["inner", "Inner"],
  ["deep", "Deep"],
  ["eligibility", "Eligible"],
] as const)(
  "neither goes on nor hands over when %s was changed since the review",
  async (which, name) => {
    const scene = await aDraftThatRests();
    const { ctx, marketer, move, change, campaignId } = scene;
    await move("submit", marketer);
    await move("approve");
    await move("start", marketer);
    expect((await handed(ctx)).items).toHaveLength(2);

    await change(scene[which], name);
    await refresh(ctx, [scene.inner, scene.deep, scene.eligibility, scene.segmentId]);
    await expect(handed(ctx)).rejects.toMatchObject(changed(name));
    await move("pause");
    await expect(move("resume")).rejects.toMatchObject(changed(name));
    expect(await readPreflight(marketer, { campaignId })).toMatchObject({
      audience: null,
      unknown: { key: "campaign.segment-changed" },
    });

    await move("reopen", marketer);
    await move("submit", marketer);
    await move("approve");
    await move("start", marketer);
    expect((await handed(ctx)).items).toEqual([]);
  },
);

it("is not approved with something changed since it was sent to review", async () => {
  const { ctx, marketer, move, change, inner, campaignId } = await aDraftThatRests();
  await move("submit", marketer);
  await change(inner, "Inner");
  await expect(approve(ctx, campaignId)).rejects.toMatchObject(changed("Inner"));
  await moveCampaign(ctx, { campaignId, act: "refuse", reason: "Look at Inner." });
  await move("submit", marketer);
  expect(await move("approve")).toEqual({ state: "approved" });
  // A change before the officer looked is no fault; a change after it is.
  await saveSegment(marketer, {
    name: "Inner",
    rule: everybody,
    segment: { id: inner, version: 2 },
  });
  await expect(move("start", marketer)).rejects.toMatchObject(changed("Inner"));
});

it("hands over nobody found before a rule it depends on was changed and reviewed", async () => {
  const { ctx, marketer, move, change, inner, segmentId } = await aDraftThatRests();
  await change(inner, "Inner");
  await refresh(ctx, [inner]);
  await move("submit", marketer);
  await move("approve");
  await move("start", marketer);
  const stale = { explanation: { key: "segment.not-refreshed", values: { name: "All" } } };
  await expect(handed(ctx)).rejects.toMatchObject(stale);
  await refresh(ctx, [segmentId]);
  expect((await handed(ctx)).items).toEqual([]);
});

it("shows the offer's name as reviewed, and the current one after reopening", async () => {
  const { ctx, marketer, offerId, offer, move, campaignId } = await aRunningCampaign();
  const scripts = { en: "We call about {offer.name}. You may refuse our calls at any time." };
  await move("pause");
  await move("reopen", marketer);
  const named = { ...offer, scripts };
  await saveOffer(marketer, { ...named, name: "A loan", offer: { id: offerId, version: 1 } });
  await move("submit", marketer);
  await move("approve");
  await move("start", marketer);
  await saveOffer(marketer, { ...named, name: "A bet", offer: { id: offerId, version: 2 } });
  expect((await handed(ctx)).items[0]?.script).toContain("about A loan.");

  await move("pause");
  await move("reopen", marketer);
  const { sample } = await readPreflight(as(ctx, "auditor"), { campaignId });
  expect(sample[0]?.script).toContain("about A bet.");
});
