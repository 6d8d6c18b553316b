import {
  ServiceError,
  type TransactionContext,
  maskPhoneFor,
  query,
  selectRows,
} from "../../platform/internal.ts";
import type { Message } from "@ringfence/core/platform/message";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  CampaignReference,
  findLabelRule,
  isNegativeResponse,
  toCallResponse,
} from "@ringfence/core/audience/campaign";
import { type EstimatedShare, estimateShare } from "@ringfence/core/audience/relevance";
import { findEligibleOffers } from "../offer/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import {
  loadCountVisibility,
  loadPeopleAtStep,
  loadRuleVersions,
  loadSegments,
  loadVisibleSegment,
  loadWaterfall,
  maySeeRule,
  queueScreening,
  withoutBarredPeople,
} from "../segment/internal.ts";
import { findAudience } from "./audience.ts";
import { type ChosenOffer, chooseOffers } from "./choose-offers.ts";
import { sampleEvenly } from "./sample-evenly.ts";
import { fillScripts, loadSpeaker } from "./script.ts";
import { type StoredCampaign, loadCampaign } from "./campaign.ts";
import { sql } from "kysely";
import { z } from "zod";

type Speaker = Awaited<ReturnType<typeof loadSpeaker>>;

const SAMPLE = 5;
/** Most people that are scored, because scoring everyone would take too long for a page. */
const MAX_SCORED = 300;

/**
 * Previews a campaign: how many people can be called and where others are stopped, a sample with scripts, how many of
 * up to `MAX_SCORED` people each offer fits, and the expected refusals. If the segment was never screened for such
 * calls, it queues a screening. Returns no counts and no sample if the actor may not see a rule that found the people,
 * or the rule of a segment that an offer is for.
 */
export const readPreflight = query({
  name: "readPreflight",
  action: "campaign.read",
  input: CampaignReference,
  run: async (ctx, { campaignId }) => {
    const campaign = await loadCampaign(ctx, { id: campaignId });
    const { segmentId, sellerId } = campaign;
    const speaker = await loadSpeaker(ctx, campaign);
    const { purpose } = speaker;
    const segment = await loadVisibleSegment(ctx, segmentId);
    const latest = await loadWaterfall(ctx, { segmentId, sellerId, purpose });
    if (latest === null) await queueScreening(ctx, segmentId, { seller: sellerId, purpose });
    const { maySeeScreening } = await loadCountVisibility(ctx);
    const waterfall = latest && maySeeScreening(segment, latest) ? latest : null;
    const { homeRegion } = await loadOrganization(ctx);
    const isHidden = await hidesOffers(ctx, speaker);
    const sample =
      waterfall && !isHidden
        ? await drawSample(ctx, campaign, speaker, [segment.version, waterfall.version])
        : [];
    return {
      waterfall,
      ...(isHidden ? hiddenAudience : await findAudienceIfKnown(ctx, campaign)),
      sample,
      forecast: await forecastResults(ctx, campaign, purpose),
      labelRule: findLabelRule((await loadLaw(ctx)).book, homeRegion),
    };
  },
  audit: ({ sample }, { campaignId }) =>
    sample.length > 0 ? { campaignId, listed: sample.length } : null,
});

/** What a member gets whose sellers are not among those that a rule asks about. */
const hiddenAudience = {
  audience: null,
  fit: null,
  unknown: { key: "campaign.audience-hidden" },
} as const satisfies { unknown: Message } & Record<string, unknown>;

/**
 * True if an offer is for people in a segment whose rule the actor may not see: how many of the campaign's people are
 * eligible, and who they are, would say who consented to another seller.
 */
async function hidesOffers(ctx: TransactionContext, { offers }: Speaker): Promise<boolean> {
  const segments = await loadSegments(ctx, { includesArchived: true });
  return offers.some(({ eligibility }) => {
    const rule = eligibility && segments.get(eligibility)?.rule;
    return rule && !maySeeRule(ctx.actor, rule, segments);
  });
}

/**
 * Finds the audience. Null while a conflict keeps it unknown, such as members found by older rules; `unknown`
 * says why.
 */
async function findAudienceIfKnown(ctx: TransactionContext, campaign: StoredCampaign) {
  try {
    const { ordinals, offers, elsewhere, settled } = await findAudience(ctx, campaign);
    const scored = sampleEvenly(ordinals, MAX_SCORED);
    const chosen = await chooseOffers(
      ctx,
      campaign.id,
      new Map(scored.map((ordinal) => [ordinal, offers.get(ordinal) ?? []])),
    );
    const audience = { people: ordinals.length, elsewhere, settled };
    return { audience, fit: summarizeFit([...chosen.values()]), unknown: null };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "conflict") throw error;
    return { audience: null, fit: null, unknown: error.explanation };
  }
}

/** Summarizes the chosen offers, and how many people the thresholds hold back. */
function summarizeFit(chosen: readonly ChosenOffer[]) {
  const called = chosen.filter(({ isHeldBack }) => !isHeldBack);
  const byOffer = Map.groupBy(called, ({ offer }) => offer.name);
  return {
    people: chosen.length,
    heldBack: chosen.length - called.length,
    /** Called although below the threshold, to measure it. */
    heldOut: called.filter(({ isBelow }) => isBelow === true).length,
    offers: [...byOffer].map(([name, all]) => ({ name, people: all.length })),
  };
}

/** Takes the first people who could be called at the last screening and are not held back. */
async function drawSample(
  ctx: TransactionContext,
  campaign: StoredCampaign,
  speaker: Speaker,
  versions: readonly number[],
) {
  const { id: campaignId, segmentId, sellerId } = campaign;
  const segments = await loadSegments(ctx);
  const rules = await loadRuleVersions(ctx, segmentId, versions);
  // An older version may depend on a segment that was archived since.
  const allSegments = await loadSegments(ctx, { includesArchived: true });
  const which = { segmentId, sellerId, purpose: speaker.purpose, place: "callable" } as const;
  const found = await loadPeopleAtStep(ctx, which, { after: 0, limit: MAX_SCORED });
  const shown = await withoutBarredPeople(ctx, rules, allSegments, found);
  const offers = await findEligibleOffers(ctx, segments, speaker.offers, shown);
  const chosen = await chooseOffers(ctx, campaignId, offers);
  const people = await fillScripts(ctx, speaker, chosen, SAMPLE);
  return people.map(({ choice, phones, ...person }) => ({
    ...person,
    phones: phones.map((phone) => maskPhoneFor(ctx.actor, phone)),
    offer: choice.offer.name,
  }));
}

const DAYS = 180;

type Forecast = {
  /** Calls of this seller for this purpose in the last 180 days. */
  calls: number;
  reached: EstimatedShare;
  /** Share of calls whose outcome is a refusal, an opt-out or a complaint. */
  refused: EstimatedShare;
  /** Share of calls with a complaint on record. */
  complained: EstimatedShare;
};

const OutcomeRow = z.object({
  outcome: z.string().nullable(),
  calls: z.int(),
  complained: z.int(),
});
type Row = z.infer<typeof OutcomeRow>;

const isNegative = ({ outcome }: Row) => isNegativeResponse(toCallResponse(outcome));

/** Summarizes recent calls of the campaign's seller for its purpose, as a forecast of the next ones. */
async function forecastResults(
  ctx: TransactionContext,
  { sellerId }: StoredCampaign,
  purpose: string,
): Promise<Forecast> {
  const { organizationId, now } = ctx;
  const rows = await selectRows(
    ctx,
    OutcomeRow,
    sql`
    SELECT outcome, count(*)::int AS calls,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM complaint WHERE complaint.organization_id = call.organization_id
          AND complaint.call_id = call.id))::int AS complained
    FROM call
    WHERE organization_id = ${organizationId}::uuid AND seller_id = ${sellerId}::uuid
      AND purpose = ${purpose}
      AND at > ${now}::timestamptz - make_interval(days => ${DAYS}::int) AND at <= ${now}
    GROUP BY outcome`,
  );
  const sum = (test: (row: Row) => boolean) =>
    rows.filter(test).reduce((all, { calls }) => all + calls, 0);
  const calls = sum(() => true);
  return {
    calls,
    reached: estimateShare(
      sum(({ outcome }) => toCallResponse(outcome) !== "none"),
      calls,
    ),
    refused: estimateShare(sum(isNegative), calls),
    complained: estimateShare(
      rows.reduce((all, { complained }) => all + complained, 0),
      calls,
    ),
  };
}
