import { query } from "../../platform/verb.ts";
import {
  AskCampaign,
  type Share,
  isAgainst,
  labelRule,
  responseOf,
  wilson,
} from "@ringfence/core/audience/campaign";
import { phoneShown } from "../../platform/access/phone-shown.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { offersFor } from "../offer/eligibility.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { allowRule, knownSegmentsOf, requireSegment, rulesBehind } from "../segment/segment.ts";
import { peopleOfBlocks } from "../segment/list-people.ts";
import { queueScreening, screenedWaterfall } from "../segment/waterfall.ts";
import { withoutRefusers } from "../segment/members.ts";
import { audienceOf } from "./audience.ts";
import { type Chosen, chooseOffers } from "./choose-offers.ts";
import { listenersOf, speakerOf } from "./script.ts";
import { type KnownCampaign, requireCampaign } from "./campaign.ts";

const SAMPLE = 5;
/** To score all would take longer than a page may. */
const LOOKED_AT = 300;

/**
 * What a campaign would come to: how many of its segment may be called and where the others are stopped,
 * some people and what they would hear, which offers fit how many, and how many are likely to refuse. What was never screened for
 * such calls is screened now, by a worker.
 */
export const readPreflight = query({
  name: "readPreflight",
  action: "campaign.read",
  input: AskCampaign,
  run: async (ctx, { campaignId }) => {
    const campaign = await requireCampaign(ctx, { id: campaignId });
    const { segmentId, sellerId } = campaign;
    const speaker = await speakerOf(ctx, campaign);
    const { purpose } = speaker;
    const { version } = await requireSegment(ctx, segmentId);
    const waterfall = await screenedWaterfall(ctx, { segmentId, sellerId, purpose });
    if (waterfall === null) await queueScreening(ctx, segmentId, { seller: sellerId, purpose });
    const { homeRegion } = await organizationOf(ctx);
    const sample = waterfall
      ? await sampleOf(ctx, campaign, speaker, [version, waterfall.version])
      : [];
    return {
      waterfall,
      ...(await audienceIfKnown(ctx, campaign)),
      sample,
      forecast: await forecastOf(ctx, campaign, purpose),
      labelRule: labelRule(homeRegion),
    };
  },
  audit: "by run",
});

/** Null while its people are not found, or by other rules than were reviewed: `unknown` says which. */
async function audienceIfKnown(ctx: TransactionContext, campaign: KnownCampaign) {
  try {
    const { ordinals, offers, elsewhere, settled } = await audienceOf(ctx, campaign);
    const looked = spread(ordinals, LOOKED_AT);
    const made = await chooseOffers(
      ctx,
      campaign.id,
      new Map(looked.map((ordinal) => [ordinal, offers.get(ordinal) ?? []])),
    );
    const audience = { people: ordinals.length, elsewhere, settled };
    return { audience, fit: fitOf([...made.values()]), unknown: null };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "conflict") throw error;
    return { audience: null, fit: null, unknown: error.explanation };
  }
}

/** So many of a list, from all of it alike. */
const spread = <T>(all: readonly T[], most: number): T[] =>
  all.filter((_, index) => index % Math.max(1, Math.ceil(all.length / most)) === 0);

/** What some people are made, and how many of them the thresholds hold back. */
function fitOf(made: readonly Chosen[]) {
  const isCalled = made.filter(({ isHeldBack }) => !isHeldBack);
  const byOffer = Map.groupBy(isCalled, ({ offer }) => offer.name);
  return {
    people: made.length,
    heldBack: made.length - isCalled.length,
    /** Called though below, to measure it. */
    heldOut: isCalled.filter(({ isBelow }) => isBelow === true).length,
    offers: [...byOffer].map(([name, all]) => ({ name, people: all.length })),
  };
}

/** Some who could be called when the segment was screened, and are not held back; who looks at them is on record. */
async function sampleOf(
  ctx: TransactionContext,
  campaign: KnownCampaign,
  speaker: Awaited<ReturnType<typeof speakerOf>>,
  versions: readonly number[],
) {
  const { id: campaignId, segmentId, sellerId } = campaign;
  const segments = await knownSegmentsOf(ctx);
  const rules = await rulesBehind(ctx, segmentId, versions);
  for (const rule of rules) allowRule(ctx, rule, segments);
  const which = { segmentId, sellerId, purpose: speaker.purpose, place: "callable" } as const;
  const found = await peopleOfBlocks(ctx, which, { after: 0, limit: LOOKED_AT });
  const shown = await withoutRefusers(ctx, rules, segments, found);
  const offers = await offersFor(ctx, segments, speaker.offers, shown);
  const made = await chooseOffers(ctx, campaignId, offers);
  const called = [...made].filter(([, { isHeldBack }]) => !isHeldBack).slice(0, SAMPLE);
  const people = await listenersOf(
    ctx,
    speaker,
    new Map(called.map(([ordinal, { offer }]) => [ordinal, offer])),
  );
  if (people.length > 0) {
    await appendAudit(ctx, "campaign.read", { campaignId, listed: people.length });
  }
  return people.map(({ phones, ...person }) => ({
    ...person,
    phones: phones.map((phone) => phoneShown(ctx.actor, phone)),
    offer: made.get(person.ordinal)?.offer.name ?? null,
  }));
}

const DAYS = 180;

type Forecast = {
  /** Calls of the last 180 days on which it rests: of this seller about this purpose. */
  calls: number;
  reached: Share;
  /** Of calls, each with its interval: who refused the offer or calls, and who complained. */
  refused: Share;
  complained: Share;
};

type Row = { outcome: string | null; calls: number; complained: number };

/** What the calls of an organization came to lately: the best guess at what the next will come to. */
async function forecastOf(
  { db, organizationId, now }: TransactionContext,
  { sellerId }: KnownCampaign,
  purpose: string,
): Promise<Forecast> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT outcome, count(*)::int AS calls,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM complaint WHERE complaint.organization_id = call.organization_id
          AND complaint.call_id = call.id))::int AS complained
    FROM call
    WHERE organization_id = ${organizationId}::uuid AND seller_id = ${sellerId}::uuid
      AND purpose = ${purpose}
      AND at > ${now}::timestamptz - make_interval(days => ${DAYS}::int) AND at <= ${now}
    GROUP BY outcome`;
  const sum = (test: (row: Row) => boolean) =>
    rows.filter(test).reduce((all, { calls }) => all + calls, 0);
  const calls = sum(() => true);
  const isRefusal = ({ outcome }: Row) => isAgainst(responseOf(outcome));
  return {
    calls,
    reached: wilson(
      sum(({ outcome }) => responseOf(outcome) !== "none"),
      calls,
    ),
    refused: wilson(sum(isRefusal), calls),
    complained: wilson(
      rows.reduce((all, { complained }) => all + complained, 0),
      calls,
    ),
  };
}
