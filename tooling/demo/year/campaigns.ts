import type { MoveCampaign } from "@ringfence/core/audience/campaign";
import type { CampaignId, OfferId, SegmentId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import {
  confirmDuty,
  moveCampaign,
  readDuties,
  saveCampaign,
} from "@ringfence/services/audience/campaign";
import { saveOffer } from "@ringfence/services/audience/offer";
import { refreshSegment, saveSegment, screenSegment } from "@ringfence/services/audience/segment";
import { HOUR_MS, type Stage } from "./stage.ts";
import type { Customer } from "./cast.ts";

type Act = Exclude<MoveCampaign["act"], "approve" | "refuse">;

/** A campaign of the year: what it offers to whom, and when something happens to it. */
export type PlannedCampaign = {
  key: string;
  name: string;
  product: Customer["product"];
  /** Week in which it was written, and the weeks in which it called; none if it did not begin. */
  written: number;
  calls?: { from: number; until: number };
  acts: readonly { week: number; act: Act | "approve"; reason?: string }[];
};

type Acts = PlannedCampaign["acts"];

/** Plans the weeks in which a campaign calls: it begins, something may happen to it, and then it is finished. */
const callDuring = (from: number, until: number, between: Acts = []) => ({
  calls: { from, until },
  acts: [...begin(from), ...between, { week: until, act: "finish" }] satisfies Acts,
});

const begin = (week: number): Acts => [
  { week, act: "submit" },
  { week, act: "approve", reason: "The script names the right to refuse, and who calls." },
  { week, act: "start" },
];

/** The campaigns in the order of their beginning. Two never call at once for one product. */
export const plannedCampaigns: readonly PlannedCampaign[] = [
  {
    key: "winter-cards",
    name: "Winter card upgrade",
    product: "card",
    written: 0,
    ...callDuring(1, 12),
  },
  {
    key: "spring-loans",
    name: "Spring home loans",
    product: "loan",
    written: 11,
    ...callDuring(13, 25, [
      { week: 18, act: "pause", reason: "The complaint about a call after a refusal." },
      { week: 19, act: "resume", reason: "The dialer verifies permits again." },
    ]),
  },
  {
    key: "summer-savings",
    name: "Summer savings account",
    product: "savings",
    written: 24,
    ...callDuring(26, 38),
  },
  {
    key: "autumn-loans",
    name: "Autumn car loans",
    product: "loan",
    written: 37,
    calls: { from: 38, until: 49 },
    acts: [
      ...begin(38),
      { week: 49, act: "pause", reason: "The interest rate changes; the script has to follow." },
    ],
  },
  {
    key: "travel-card",
    name: "Travel card for the holidays",
    product: "card",
    written: 40,
    calls: { from: 41, until: 52 },
    acts: begin(41),
  },
  {
    key: "new-year-savings",
    name: "New year, new savings",
    product: "savings",
    written: 51,
    acts: [{ week: 51.5, act: "submit" }],
  },
];

const products = {
  card: { name: "Card holders", purpose: "marketing.cards", offer: "Card without a yearly fee" },
  loan: { name: "Have or had a loan", purpose: "marketing.loans", offer: "Loan at a fixed rate" },
  savings: { name: "Savings customers", purpose: "marketing", offer: "Savings at a better rate" },
} as const;

/** The purpose under which a campaign for a product calls. */
export const purposeOfProduct = (product: Customer["product"]) => products[product].purpose;

/** Creates a segment and an offer for each product that the bank calls about. */
export async function preparePlans(stage: Stage) {
  const marketer = stage.as("marketer");
  const plans = new Map<Customer["product"], { segmentId: SegmentId; offerId: OfferId }>();
  for (const product of ["card", "loan", "savings"] as const) {
    const { name, purpose, offer } = products[product];
    const { id: segmentId } = await saveSegment(marketer, {
      name,
      rule: {
        is: "all",
        of: [
          { is: "attribute", field: "@country", test: { test: "one-of", values: ["US"] } },
          { is: "attribute", field: "product", test: { test: "one-of", values: [product] } },
        ],
      },
    });
    const { id: offerId } = await saveOffer(marketer, {
      name: offer,
      purpose: PurposeKey.parse(purpose),
      priority: 50,
      scripts: {
        en: `Hello {contact.name|dear customer}, this is {seller.name} about our offer “${offer}”. You may refuse our calls at any time: just tell me. May I go on?`,
      },
    });
    plans.set(product, { segmentId, offerId });
  }
  return plans;
}

type Plans = Awaited<ReturnType<typeof preparePlans>>;

/** Refreshes and screens the segments, as the worker does after an import. */
export async function refreshSegments(stage: Stage, plans: Plans) {
  for (const { segmentId } of plans.values()) {
    await refreshSegment(stage.job("segment.refresh"), segmentId);
    await screenSegment(stage.job("segment.screen"), { segmentId });
  }
}

/** Writes a campaign as the marketer does. */
export async function writeCampaign(stage: Stage, plans: Plans, planned: PlannedCampaign) {
  const plan = plans.get(planned.product);
  if (plan === undefined) throw new Error(`no plan for ${planned.product}`);
  const { id } = await saveCampaign(stage.as("marketer"), {
    key: planned.key,
    name: planned.name,
    seller: "demo-bank",
    dialer: "live_agent",
    callerNumber: "+12025550170",
    hours: { days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" },
    label: "",
    labelContract: "",
    cap: { calls: 2, days: 14 },
    priority: 50,
    refusalLimit: 0.6,
    segmentId: plan.segmentId,
    offerIds: [plan.offerId],
  });
  return id;
}

/** Performs one step of a campaign: as the marketer, or, for an approval, as the second officer, who confirms the duties. */
export async function actOnCampaign(
  stage: Stage,
  campaignId: CampaignId,
  { act, reason }: PlannedCampaign["acts"][number],
) {
  if (act !== "approve") return moveCampaign(stage.as("marketer"), { campaignId, act, reason });
  const officer = stage.as("priya.nair");
  const { id: seen } = await officer.db.prisma.campaignStep.findFirstOrThrow({
    where: { organizationId: officer.organizationId, campaignId },
    orderBy: { id: "desc" },
  });
  await moveCampaign(officer, { campaignId, act, seen, reason });
  await confirmAllDuties(stage, campaignId);
}

async function confirmAllDuties(stage: Stage, campaignId: CampaignId) {
  const officer = stage.as("priya.nair");
  const { groups } = await readDuties(officer, { campaignId });
  const open = (groups ?? []).flatMap(({ duties }) =>
    duties.filter(({ state }) => state !== "confirmed"),
  );
  for (const { duty, version } of new Map(open.map((one) => [one.duty.id, one])).values()) {
    await confirmDuty(officer, { campaignId, ruleId: duty.id, version, reference: "", note: "" });
  }
}

/** Hours between the acts of one week, so that each has a time of its own. */
export const actTime = (stage: Stage, week: number, nth: number) =>
  new Date(stage.at(week).getTime() + nth * HOUR_MS);
