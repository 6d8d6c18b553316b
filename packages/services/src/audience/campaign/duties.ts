import {
  type CampaignDuty,
  CampaignReference,
  type RecordedConfirmation,
  ReadDutiesByKey,
  groupDutiesByPlace,
  isEndingDuty,
  isOpenDuty,
  listCampaignDuties,
} from "@ringfence/core/audience/campaign";
import { type CampaignId, DutyConfirmationId, type SegmentId } from "@ringfence/core/ids";
import {
  type JurisdictionId,
  findDutyRule,
  listBooks,
  toDialerFacts,
} from "@ringfence/core/people/jurisdiction";
import type { Message } from "@ringfence/core/platform/message";
import {
  ServiceError,
  type TransactionContext,
  loadMemberNames,
  query,
} from "../../platform/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { findJurisdictions } from "../segment/internal.ts";
import { type StoredCampaign, loadCampaign } from "./campaign.ts";
import { z } from "zod";

/** A confirmation on record, with who made it and who took it back. */
type DutyRecord = RecordedConfirmation & {
  id: DutyConfirmationId;
  /** Null if it holds for all campaigns of the seller. */
  campaignId: string | null;
  sellerId: string;
  reference: string;
  note: string;
  at: Date;
  actorId: string;
  withdrawal: { at: Date; actorId: string; reason: string } | null;
};

export type Duty = CampaignDuty<DutyRecord>;

/** Time limit for verbs that find the places of up to a million people, which takes longer than the usual limit. */
export const timeoutForPlaces = { timeoutMs: 30_000 };

/** Reason why there are no duties: the campaign is over or archived, or its segment has never been counted. */
type NoDuties = "over" | "not-counted";

/**
 * Finds the duties of campaigns, each with its confirmation. The number of SQL statements depends only on how many
 * segments have no jurisdictions on record. With `mayBeOld`, which is for lists, the places of a segment may be older
 * than its members.
 */
export async function loadDuties(
  ctx: TransactionContext,
  campaigns: readonly StoredCampaign[],
  { mayBeOld = false } = {},
): Promise<Map<CampaignId, readonly Duty[] | NoDuties>> {
  const current = campaigns.filter(isCurrent);
  const books = listBooks(await loadLaw(ctx));
  const records = await loadRecords(ctx, current);
  const sectors = new Map((await loadSellers(ctx)).map(({ id, sector }) => [id, sector]));
  const offers = await loadOfferVersions(ctx, current);
  const placesBySegment = new Map<SegmentId, JurisdictionId[] | null>();
  const result = new Map<CampaignId, readonly Duty[] | NoDuties>();
  for (const campaign of campaigns) {
    const { id, segmentId, sellerId, dialer } = campaign;
    if (!isCurrent(campaign)) {
      result.set(id, "over");
      continue;
    }
    if (!placesBySegment.has(segmentId)) {
      placesBySegment.set(segmentId, await findJurisdictions(ctx, segmentId, { mayBeOld }));
    }
    const places = placesBySegment.get(segmentId) ?? null;
    const campaignOffers = offers.get(id) ?? [];
    const facts = {
      ...toDialerFacts(dialer, true),
      purpose: campaignOffers.flatMap(({ kind }) => kind ?? []),
      sector: [sectors.get(sellerId)].filter((sector) => sector !== undefined),
    };
    const confirmations = records.filter((record) => isForCampaign(record, campaign));
    const settings = { ...campaign, offers: campaignOffers };
    result.set(
      id,
      places
        ? listCampaignDuties(books, { places, facts, settings }, confirmations, ctx.now)
        : "not-counted",
    );
  }
  return result;
}

const isCurrent = ({ state, archivedAt }: StoredCampaign) =>
  state !== "done" && archivedAt === null;

const isForCampaign = ({ sellerId, campaignId }: DutyRecord, campaign: StoredCampaign) =>
  sellerId === campaign.sellerId && (campaignId === null || campaignId === campaign.id);

/** Loads the confirmations of campaigns and of their sellers, newest first. */
async function loadRecords(
  { db, organizationId }: TransactionContext,
  campaigns: readonly StoredCampaign[],
): Promise<DutyRecord[]> {
  const rows = await db.dutyConfirmation.findMany({
    where: {
      organizationId,
      sellerId: { in: campaigns.map(({ sellerId }) => sellerId) },
      OR: [{ campaignId: null }, { campaignId: { in: campaigns.map(({ id }) => id) } }],
    },
    include: { withdrawal: true },
    orderBy: { id: "desc" },
  });
  return rows.map(({ id, ruleId, ruleVersion, validUntil, withdrawal, actor, ...row }) => ({
    ...row,
    actorId: Who.parse(actor).id,
    id: DutyConfirmationId.parse(id),
    rule: ruleId,
    version: ruleVersion,
    validUntil: validUntil && toIsoDay(validUntil),
    isWithdrawn: withdrawal !== null,
    withdrawal: withdrawal && {
      at: withdrawal.at,
      reason: withdrawal.reason,
      actorId: Who.parse(withdrawal.actor).id,
    },
  }));
}

const Who = z.object({ id: z.string() });

const toIsoDay = (day: Date) => day.toISOString().slice(0, 10);

/** Loads the offers of campaigns in the versions that are read out: those reviewed, or the current ones of a draft. */
async function loadOfferVersions(ctx: TransactionContext, campaigns: readonly StoredCampaign[]) {
  const { db, organizationId } = ctx;
  const kinds = new Map((await loadPurposes(ctx)).map(({ key, kind }) => [key, kind]));
  const ids = [...new Set(campaigns.flatMap(({ offers }) => offers.map(({ id }) => id)))];
  const rows = await db.offer.findMany({
    where: { organizationId, id: { in: ids } },
    select: { id: true, version: true, versions: { select: { number: true, purpose: true } } },
  });
  const offersById = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    campaigns.map(({ id, offers }) => [
      id,
      offers.flatMap(({ id, version: reviewed }) => {
        const offer = offersById.get(id);
        const version = reviewed ?? offer?.version;
        const row = offer?.versions.find(({ number }) => number === version);
        return row ? [{ id, version: row.number, kind: kinds.get(row.purpose) }] : [];
      }),
    ]),
  );
}

/**
 * Finds why its duties keep a campaign from starting or resuming; null if they do not, or if it is over or archived.
 */
export async function findDutyFault(
  ctx: TransactionContext,
  campaign: StoredCampaign,
): Promise<Message | null> {
  const duties = (await loadDuties(ctx, [campaign])).get(campaign.id);
  if (duties === undefined || duties === "not-counted") return { key: "campaign.duties-unknown" };
  if (duties === "over") return null;
  const open = duties.filter(isOpenDuty);
  if (open.length === 0) return null;
  const places = [...new Set(open.map(({ duty }) => duty.jurisdiction))];
  const named = places.slice(0, MAX_NAMED).join(", ");
  const values = { count: open.length, places: places.length > MAX_NAMED ? `${named}…` : named };
  return { key: "campaign.duties-open", values };
}

const MAX_NAMED = 6;

/** Throws if a duty of the campaign that is in force is not confirmed (`findDutyFault`). */
export async function assertDutiesConfirmed(
  ctx: TransactionContext,
  campaign: StoredCampaign,
): Promise<void> {
  const fault = await findDutyFault(ctx, campaign);
  if (fault !== null) throw new ServiceError("conflict", fault);
}

/**
 * Counts the duties in force, those that hold up calls, and the confirmations that end soon. Null if there is no list.
 */
export const summarizeDuties = (duties: readonly Duty[] | NoDuties | undefined) =>
  typeof duties === "object"
    ? {
        total: duties.filter(({ startsOn }) => startsOn === null).length,
        open: duties.filter(isOpenDuty).length,
        ending: duties.filter(isEndingDuty).length,
      }
    : null;

/**
 * Reads the duties of a campaign by place, what is missing first, and every confirmation that was ever made for the
 * campaign or for its seller. `groups` is null if the campaign is over, or if the people of its segment were never
 * counted.
 */
export const readDuties = query({
  name: "readDuties",
  action: "campaign.read",
  input: CampaignReference,
  transaction: timeoutForPlaces,
  run: async (ctx, { campaignId }) => {
    const campaign = await loadCampaign(ctx, { id: campaignId });
    const duties = (await loadDuties(ctx, [campaign])).get(campaignId);
    const records = (await loadRecords(ctx, [campaign])).filter((record) =>
      isForCampaign(record, campaign),
    );
    const names = await loadMemberNames(
      ctx,
      records.flatMap(({ actorId, withdrawal }) => [actorId, withdrawal?.actorId ?? actorId]),
    );
    const { book } = await loadLaw(ctx);
    const toView = ({ actorId, withdrawal, campaignId: only, ...record }: DutyRecord) => ({
      ...record,
      /** The rule as it is now; null if it is gone. */
      duty: findDutyRule(book, record.rule),
      /** It holds for all campaigns of the seller. */
      isForSeller: only === null,
      by: names.get(actorId) ?? null,
      withdrawal: withdrawal && {
        at: withdrawal.at,
        reason: withdrawal.reason,
        by: names.get(withdrawal.actorId) ?? null,
      },
    });
    const isOver = duties === "over";
    const groups =
      typeof duties === "object"
        ? groupDutiesByPlace(duties).map((group) => ({
            ...group,
            duties: group.duties.map(({ confirmation, ...duty }) => ({
              ...duty,
              confirmation: confirmation && toView(confirmation),
            })),
          }))
        : null;
    const { sources } = book;
    return { isOver, groups, sources, ...summarizeDuties(duties), history: records.map(toView) };
  },
  audit: "none",
});

export type DutiesView = Awaited<ReturnType<typeof readDuties>>;

/** Reads the duties of a campaign by its key, for programs. */
export const readDutiesByKey = query({
  name: "readDutiesByKey",
  action: "campaign.read-duties",
  input: ReadDutiesByKey,
  transaction: timeoutForPlaces,
  run: async (ctx, { key }): Promise<readonly Duty[] | NoDuties> => {
    const campaign = await loadCampaign(ctx, { key });
    return (await loadDuties(ctx, [campaign])).get(campaign.id) ?? "over";
  },
  audit: "none",
});
