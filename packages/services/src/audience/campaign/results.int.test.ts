import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import {
  aRunningCampaign,
  approve,
  asDialer,
  createCallLog,
  recordLog,
} from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { moveCampaign } from "./move.ts";
import { readResults } from "./results.ts";
import { saveCampaign } from "./save.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";

it("shows a campaign's results next to those of its offer and its segment", async () => {
  const { ctx, marketer, segmentId, offerId, campaignId } = await aRunningCampaign();
  const other = await saveCampaign(marketer, aPlan({ segmentId, offerId }, { key: "autumn" }));
  await moveCampaign(marketer, { campaignId: other.id, act: "submit" });
  await approve(ctx, other.id);
  await moveCampaign(marketer, { campaignId: other.id, act: "start" });
  await recordLog(ctx, { SALE: 3, NI: 1, NA: 6 });
  await recordCalls(ctx, { rows: createCallLog({ SALE: 1, NA: 1 }, "autumn") });

  const { own, offers, ofSegment, holdOut } = await readResults(as(ctx, "auditor"), { campaignId });
  expect(own).toMatchObject({
    called: 10,
    reached: { count: 4, of: 10 },
    accepted: { count: 3, of: 4 },
    refused: { count: 1, of: 4 },
    optedOut: { count: 0 },
    complained: { count: 0 },
  });
  expect(own.accepted.low).toBeGreaterThan(0.3);
  expect(own.accepted.high).toBeLessThan(0.96);
  expect(holdOut).toBeNull();
  expect(offers).toMatchObject([{ own: { called: 10 } }]);
  for (const all of [offers[0]?.all, ofSegment]) {
    expect(all).toMatchObject({ called: 12, reached: { count: 5 }, accepted: { count: 4 } });
  }
});

it("counts people, not phones", async () => {
  const { ctx, campaignId, ada, bo } = await aRunningCampaign();
  const { organizationId } = ctx;
  const theirs = await db.prisma.contactPhone.findMany({
    where: { organizationId, contactId: { in: [ada.contactId, bo.contactId] } },
    include: { phone: true },
  });
  const [call] = createCallLog({ NI: 1 });
  const rows = theirs.map(({ phone: { e164 } }) => ({ ...call, phone: e164 }));
  await recordCalls(ctx, { rows: [...rows, ...createCallLog({ NA: 2 })] });
  const { own } = await readResults(ctx, { campaignId });
  expect(theirs).toHaveLength(3);
  expect(own).toMatchObject({ called: 4, phones: 5, reached: { count: 2 }, refused: { count: 2 } });
});

it("reads nothing of another organization's, and refuses agents", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  await expect(readResults(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readResults(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});

type Scene = Awaited<ReturnType<typeof aRunningCampaign>>;

/** A number of Washington DC, kept for fiction. */
const toPhone = (serial: number) => `+1202555${String(2_000 + serial)}`;

/** People who were handed over, below the threshold or not, and what each said. */
async function handedPeople(
  { ctx, campaignId, offerId }: Scene,
  from: number,
  isBelow: boolean,
  outcomes: readonly string[],
) {
  const { organizationId } = ctx;
  const people = outcomes.map((outcome, index) => ({ outcome, phone: toPhone(from + index) }));
  await recordContacts(ctx, {
    rows: people.map(({ phone }) => ({ externalId: phone, phones: [phone] })),
  });
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId, externalId: { in: people.map(({ phone }) => phone) } },
  });
  const made = { organizationId, campaignId, offerId, offerVersion: 1, isBelow, at: new Date() };
  await db.prisma.campaignPerson.createMany({
    data: contacts.map(({ ordinal }) => ({ ...made, contactOrdinal: ordinal })),
  });
  const call = { purpose: "marketing", campaign: "spring", at: new Date().toISOString() };
  await recordCalls(asDialer(ctx), { rows: people.map((one) => ({ ...call, ...one })) });
}

const times = (count: number, outcome: string) => Array.from({ length: count }, () => outcome);

it("compares people called below the threshold with the others, and shows the effect", async () => {
  const scene = await aRunningCampaign({ refusalLimit: 0.9 });
  const { ctx, campaignId } = scene;
  await handedPeople(scene, 0, true, [...times(15, "refused"), "DNC", ...times(3, "accepted")]);
  await handedPeople(scene, 100, false, [...times(4, "refused"), ...times(36, "accepted")]);
  const early = (await readResults(ctx, { campaignId })).holdOut;
  expect(early).toMatchObject({
    effect: "too-early",
    below: { called: 19, refused: { count: 15 }, optedOut: { count: 1 }, accepted: { count: 3 } },
    above: { called: 40, refused: { count: 4 }, complained: { count: 0 } },
  });

  await handedPeople(scene, 200, true, times(3, "refused"));
  const { holdOut, own } = await readResults(ctx, { campaignId });
  expect(holdOut?.effect).toBe("helps");
  expect(holdOut?.more.low).toBeGreaterThan(0.5);
  expect(own.called).toBe(62);
});

it("counts the person handed over when two share a phone", async () => {
  const scene = await aRunningCampaign();
  const { ctx, campaignId } = scene;
  await recordContacts(ctx, { rows: [{ externalId: "at home first", phones: [toPhone(300)] }] });
  await handedPeople(scene, 300, true, ["refused"]);
  const { holdOut } = await readResults(ctx, { campaignId });
  expect(holdOut).toMatchObject({ below: { called: 1, refused: { count: 1 } } });
});

it("shows nothing to another organization", async () => {
  const { campaignId } = await aRunningCampaign();
  await expect(readResults(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
});
