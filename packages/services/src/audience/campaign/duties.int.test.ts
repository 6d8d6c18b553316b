import { Phone } from "@ringfence/core/people/phone";
import { DutyConfirmationId, SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import {
  aDraft,
  aRunningCampaign,
  approve,
  asDialer,
  permitsEnd,
} from "../../../testing/campaigns.ts";
import { confirm } from "../../../testing/duties.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { saveSegment } from "../segment/save.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { archiveCampaign } from "./archive.ts";
import { withdrawDuty } from "./confirm-duty.ts";
import { readDuties, readDutiesByKey } from "./duties.ts";
import { handOverCalls } from "./hand-over.ts";
import { listCampaigns, readCampaign } from "./list.ts";
import { moveCampaign } from "./move.ts";
import { saveCampaign } from "./save.ts";

const texan = { phone: Phone.parse("+12145550100"), region: "US-TX" };
const briton = { phone: Phone.parse("+442079460100"), region: "GB" };
const texas = "US-TX.registration";

type Scene = Awaited<ReturnType<typeof aDraft>>;

/** Adds people who agreed to the segment of a campaign. */
async function add(
  { ctx, segmentId }: Pick<Scene, "ctx" | "segmentId">,
  ...people: (typeof texan)[]
) {
  for (const person of people) await aCallablePhone(ctx, person);
  await refreshSegment(asRefresher(ctx), segmentId);
}

/** A campaign that is approved, with a person in Texas. */
async function approvedForTexas() {
  const draft = await aDraft();
  await add(draft, texan);
  await draft.move("submit", draft.marketer);
  await draft.move("approve");
  return draft;
}

/** The duties that a live screening finds unconfirmed, whatever else it refuses for. */
async function missingAt(
  ctx: RootContext,
  { phone }: { phone: Phone },
  more: { seller?: string; campaign?: string } = {},
) {
  const call = { phone, purpose: "marketing", seller: "acme", campaign: "spring", ...more };
  const { refusals } = await screenCall(ctx, call);
  return refusals
    .filter(({ rule }) => rule === "campaign.duties")
    .map(({ message }) => message.values);
}

/** The duties of states and of other countries. Those of the country are confirmed when a campaign is approved. */
const localDuties = async ({ ctx, campaignId }: Pick<Scene, "ctx" | "campaignId">) => {
  const { groups } = await readDuties(ctx, { campaignId });
  return (groups ?? []).filter(({ place }) => place !== "US").flatMap(({ duties }) => duties);
};

const states = async (scene: Pick<Scene, "ctx" | "campaignId">) =>
  (await localDuties(scene)).map(({ duty, state }) => [duty.id, state]);

it("does not start a campaign while a duty is not confirmed, and names the place", async () => {
  const scene = await approvedForTexas();
  const { ctx, marketer, campaignId, move } = scene;
  const fault = { key: "campaign.duties-open", values: { count: 1, places: "US-TX" } };
  await expect(move("start", marketer)).rejects.toMatchObject({
    code: "conflict",
    explanation: fault,
  });
  const { acts } = await readCampaign(marketer, { campaignId });
  expect(acts.find(({ act }) => act === "start")?.fault).toEqual(fault);
  expect(await states(scene)).toEqual([[texas, "missing"]]);
  expect(await listCampaigns(marketer)).toMatchObject([
    { duties: { total: 6, open: 1, ending: 0 } },
  ]);

  await expect(confirm(marketer, { campaignId, ruleId: texas })).rejects.toMatchObject({
    code: "forbidden",
  });
  await confirm(ctx, { campaignId, ruleId: texas, reference: "TS-1", note: "Filed in October." });
  expect(await move("start", marketer)).toEqual({ state: "running" });
  expect(await missingAt(ctx, texan)).toEqual([]);
  const { groups, history } = await readDuties(marketer, { campaignId });
  expect(groups).toContainEqual(
    expect.objectContaining({
      place: "US-TX",
      open: 0,
      duties: [
        expect.objectContaining({
          state: "confirmed",
          confirmation: expect.objectContaining({ reference: "TS-1" }),
        }),
      ],
    }),
  );
  expect(history.filter(({ rule }) => rule === texas)).toMatchObject([
    { note: "Filed in October.", isForSeller: true },
  ]);
  const audit = await db.prisma.auditEntry.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, action: "campaign.confirm-duty" },
    orderBy: { id: "desc" },
  });
  expect(audit.details).toMatchObject({ campaignId, ruleId: texas, change: "confirmed" });
});

it("refuses a running campaign's calls to a place that was added later, and no others", async () => {
  const scene = await aRunningCampaign({ cap: { calls: 10, days: 1 } });
  const { ctx, ada, campaignId, move } = scene;
  await add(scene, texan);
  expect(await missingAt(ctx, ada)).toEqual([]);
  expect(await missingAt(ctx, texan)).toEqual([
    { campaign: "spring", duty: texas, more: 0, rule: "campaign.duties", mark: "policy" },
  ]);

  const page = await handOverCalls(asDialer(ctx), { key: "spring", limit: 100 });
  expect(page.items.map(({ phone }) => phone)).toContain(ada.phone);
  expect(page.items.map(({ phone }) => phone)).not.toContain(texan.phone);
  await permitsEnd(ctx);

  await move("pause");
  await expect(move("resume")).rejects.toMatchObject({
    explanation: { key: "campaign.duties-open" },
  });
  await confirm(ctx, { campaignId, ruleId: texas });
  expect(await move("resume")).toEqual({ state: "running" });
  expect(await missingAt(ctx, texan)).toEqual([]);
});

it("reuses a seller's registration in its next campaign, and for no other seller", async () => {
  const scene = await approvedForTexas();
  const { ctx, marketer, campaignId, segmentId, offerId, move } = scene;
  const otherId = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
  await confirm(ctx, { campaignId, ruleId: texas });
  await move("start", marketer);
  const next = await saveCampaign(marketer, aPlan({ segmentId, offerId }, { key: "summer" }));
  const plan = aPlan({ segmentId, offerId }, { key: "bank", seller: otherId });
  const other = await saveCampaign(marketer, plan);
  expect(await states({ ctx, campaignId: next.id })).toEqual([[texas, "confirmed"]]);
  expect(await states({ ctx, campaignId: other.id })).toEqual([[texas, "missing"]]);

  await moveCampaign(marketer, { campaignId: other.id, act: "submit" });
  await approve(ctx, other.id);
  await expect(
    moveCampaign(marketer, { campaignId: other.id, act: "start" }),
  ).rejects.toMatchObject({ code: "conflict" });
  // The campaign of one seller, named in a call of another.
  expect(await missingAt(ctx, texan, { seller: "bank" })).toHaveLength(1);
  expect(await missingAt(ctx, texan)).toEqual([]);
});

it("asks again for a caller ID once the campaign has another, and for each campaign", async () => {
  const scene = await aDraft();
  const { ctx, marketer, campaignId, segmentId, offerId, plan, version, move } = scene;
  await add(scene, briton);
  await confirm(ctx, { campaignId, ruleId: "GB.cli" });
  expect(await states(scene)).toEqual([["GB.cli", "confirmed"]]);
  const copy = await saveCampaign(marketer, aPlan({ segmentId, offerId }, { key: "summer" }));
  expect(await states({ ctx, campaignId: copy.id })).toEqual([["GB.cli", "missing"]]);
  await archiveCampaign(marketer, { campaignId: copy.id });
  expect(await readDuties(ctx, { campaignId: copy.id })).toMatchObject({
    isOver: true,
    groups: null,
  });

  const changed = { ...plan, callerNumber: "+12025550123", campaign: { id: campaignId, version } };
  await saveCampaign(marketer, changed);
  expect(await states(scene)).toEqual([["GB.cli", "campaign-changed"]]);
  await move("submit", marketer);
  await move("approve");
  await expect(move("start", marketer)).rejects.toMatchObject({ code: "conflict" });
});

it("ignores confirmations of an older rule, and expired or withdrawn ones", async () => {
  const scene = await approvedForTexas();
  const { ctx, campaignId, marketer, move } = scene;
  const { id } = await confirm(ctx, { campaignId, ruleId: texas });
  await move("start", marketer);
  const reason = "The registration was refused.";
  await withdrawDuty(ctx, { campaignId, confirmationId: id, reason });
  expect(await states(scene)).toEqual([[texas, "withdrawn"]]);
  expect(await missingAt(ctx, texan)).toHaveLength(1);
  await expect(withdrawDuty(ctx, { campaignId, confirmationId: id, reason })).rejects.toMatchObject(
    { explanation: { key: "campaign.confirmation-gone" } },
  );

  const { organizationId } = ctx;
  const row = await db.prisma.dutyConfirmation.findFirstOrThrow({ where: { organizationId, id } });
  const { id: _, actor: __, ...again } = row;
  const insert = (more: object) =>
    db.prisma.dutyConfirmation.create({ data: { ...again, actor: { id: "ada" }, ...more } });
  await insert({ validUntil: new Date("2026-01-01") });
  expect(await states(scene)).toEqual([[texas, "expired"]]);
  expect(await missingAt(ctx, texan)).toHaveLength(1);
  await insert({ ruleVersion: "0".repeat(64) });
  expect(await states(scene)).toEqual([[texas, "rule-changed"]]);
  expect(await missingAt(ctx, texan)).toHaveLength(1);
  await insert({ validUntil: null });
  expect(await missingAt(ctx, texan)).toEqual([]);
  await expect(
    db.prisma.dutyConfirmation.updateMany({ where: { organizationId }, data: { note: "" } }),
  ).rejects.toThrow(/append-only/);
});

it("confirms only the version that the officer read, and only until a day that the law allows", async () => {
  const { ctx, campaignId } = await approvedForTexas();
  const asked = { campaignId, ruleId: texas };
  const fault = (key: string) => ({ explanation: { key } });
  await expect(confirm(ctx, { ...asked, version: "1".repeat(64) })).rejects.toMatchObject(
    fault("campaign.duty-changed"),
  );
  await expect(confirm(ctx, { ...asked, ruleId: "GB.cli" })).rejects.toMatchObject(
    fault("campaign.duty-unknown"),
  );
  await expect(confirm(ctx, { ...asked, validUntil: "2026-01-01" })).rejects.toMatchObject(
    fault("campaign.duty-past"),
  );
  await expect(confirm(ctx, { ...asked, validUntil: "2999-01-01" })).rejects.toMatchObject(
    fault("campaign.duty-long"),
  );
  await confirm(ctx, asked);
  const [duty] = await localDuties({ ctx, campaignId });
  // The list of salespersons is due each quarter.
  expect(duty?.confirmation?.validUntil).toBe(duty?.lastValidDay);
  expect(duty?.daysLeft).toBeGreaterThan(80);
});

it("does not start before the people of its segment were counted", async () => {
  const scene = await aDraft();
  const { ctx, marketer, offerId } = scene;
  const { id: segmentId } = await saveSegment(ctx, { name: "New", rule: { is: "all", of: [] } });
  const plan = aPlan({ segmentId, offerId }, { key: "new" });
  const { id: campaignId } = await saveCampaign(marketer, plan);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await approve(ctx, campaignId);
  expect(await readDutiesByKey(asDialer(ctx), { key: "new" })).toBe("not-counted");
  const asked = { campaignId, ruleId: texas, version: "1".repeat(64) };
  await expect(confirm(ctx, asked)).rejects.toMatchObject({
    explanation: { key: "campaign.duties-unknown" },
  });
  await expect(moveCampaign(marketer, { campaignId, act: "start" })).rejects.toMatchObject({
    explanation: { key: "campaign.duties-unknown" },
  });
});

it("asks every campaign into the United States for the duties of the country, by what it does", async () => {
  const { ctx, marketer, campaignId, move } = await aDraft();
  await move("submit", marketer);
  await move("approve");
  const federal = async () => {
    const { groups } = await readDuties(ctx, { campaignId });
    return (groups ?? []).flatMap(({ duties }) => duties).map(({ duty }) => duty.id);
  };
  expect(new Set(await federal())).toEqual(
    new Set([
      "US.cli",
      "US.disclosure",
      "US.dnc.subscription",
      "US.dnc.policy",
      "US.records.caller",
    ]),
  );
  const [withdrawn] = await db.prisma.dutyConfirmation.findMany({
    where: { organizationId: ctx.organizationId, ruleId: "US.disclosure" },
  });
  const confirmationId = DutyConfirmationId.parse(withdrawn?.id);
  await withdrawDuty(ctx, { campaignId, confirmationId, reason: "The script was changed." });
  await expect(move("start", marketer)).rejects.toMatchObject({
    explanation: { key: "campaign.duties-open", values: { count: 1, places: "US" } },
  });
});

it("counts the place of a number and that of an address", async () => {
  const scene = await aDraft();
  await add(scene, { phone: texan.phone, region: "US-NJ" });
  expect(new Set((await states(scene)).map(([rule]) => rule))).toEqual(
    new Set(["US-NJ.disclosure", "US-NJ.registration", texas]),
  );
});
