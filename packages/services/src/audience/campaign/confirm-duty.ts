import { ConfirmDuty, WithdrawDuty } from "@ringfence/core/audience/campaign";
import { DutyConfirmationId } from "@ringfence/core/ids";
import { listLocalDates } from "@ringfence/core/platform/time";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  toStoredActor,
} from "../../platform/internal.ts";
import { type StoredCampaign, assertNotArchived, loadCampaign, lockCampaign } from "./campaign.ts";
import { type Duty, loadDuties, timeoutForPlaces } from "./duties.ts";

/**
 * Confirms a duty of a campaign. A duty that a seller fulfils for all its campaigns, such as a registration, is
 * confirmed for the seller. A duty to say something is confirmed for this campaign with its present dialer and scripts;
 * any other duty, with its present dialer, caller number, label and label contract. Throws `conflict` if the campaign
 * has no such duty, if its duties are not known yet, or if the rule no longer has the version that was read.
 */
export const confirmDuty = command({
  name: "confirmDuty",
  action: "campaign.confirm-duty",
  input: ConfirmDuty,
  transaction: timeoutForPlaces,
  run: async (ctx, { campaignId, ruleId, version, reference, note, validUntil }) => {
    const { db, organizationId, now: at } = ctx;
    await lockCampaign(ctx, campaignId);
    const campaign = await loadCampaign(ctx, { id: campaignId });
    assertNotArchived(campaign);
    const found = await findDuty(ctx, campaign, { ruleId, version });
    const last = findLastDay(found, validUntil, at);
    const id = await createId(ctx, DutyConfirmationId);
    const isForSeller = found.duty.duty.confirmed_for === "seller";
    await db.dutyConfirmation.create({
      data: {
        organizationId,
        id,
        sellerId: campaign.sellerId,
        campaignId: isForSeller ? null : campaignId,
        ruleId,
        ruleVersion: version,
        subject: found.subject,
        reference,
        note,
        validUntil: last === null ? null : new Date(last),
        at,
        actor: toStoredActor(ctx.actor),
      },
    });
    return { id, isForSeller };
  },
  audit: ({ id, isForSeller }, { campaignId, ruleId, version }) => ({
    campaignId,
    confirmationId: id,
    ruleId,
    ruleVersion: version,
    isForSeller,
    change: "confirmed",
  }),
});

/** Finds the duty in the version that was read. A rule has two versions while a former law applies besides the present one. */
async function findDuty(
  ctx: TransactionContext,
  campaign: StoredCampaign,
  { ruleId, version }: Pick<ConfirmDuty, "ruleId" | "version">,
): Promise<Duty> {
  const duties = (await loadDuties(ctx, [campaign])).get(campaign.id);
  if (duties === "not-counted")
    throw new ServiceError("conflict", { key: "campaign.duties-unknown" });
  const ofRule = typeof duties === "object" ? duties.filter(({ duty }) => duty.id === ruleId) : [];
  const found = ofRule.find((duty) => duty.version === version);
  if (found !== undefined) return found;
  const key = ofRule.length === 0 ? "campaign.duty-unknown" : "campaign.duty-changed";
  throw new ServiceError("conflict", { key });
}

/** Returns the last day of a confirmation: the one named, else the last that the law allows. */
function findLastDay({ lastValidDay }: Duty, named: string | undefined, now: Date) {
  if (named === undefined) return lastValidDay;
  if (listLocalDates(now, []).some((date) => named < date)) {
    throw new ServiceError("invalid-field", { key: "campaign.duty-past" }, "/validUntil");
  }
  if (lastValidDay !== null && named > lastValidDay) {
    const values = { day: lastValidDay };
    throw new ServiceError("invalid-field", { key: "campaign.duty-long", values }, "/validUntil");
  }
  return named;
}

/**
 * Takes a confirmation back, from now on. One that holds for all campaigns of the seller is taken back for all. It
 * stays on record.
 */
export const withdrawDuty = command({
  name: "withdrawDuty",
  action: "campaign.confirm-duty",
  input: WithdrawDuty,
  run: async (ctx, { campaignId, confirmationId, reason }): Promise<{ ruleId: string }> => {
    const { db, organizationId, actor, now: at } = ctx;
    await lockCampaign(ctx, campaignId);
    const { sellerId } = await loadCampaign(ctx, { id: campaignId });
    const confirmed = await db.dutyConfirmation.findFirst({
      where: {
        organizationId,
        id: confirmationId,
        sellerId,
        OR: [{ campaignId: null }, { campaignId }],
      },
    });
    const { count } = confirmed
      ? await db.dutyWithdrawal.createMany({
          data: { organizationId, confirmationId, reason, at, actor: toStoredActor(actor) },
          skipDuplicates: true,
        })
      : { count: 0 };
    if (confirmed === null || count === 0) {
      throw new ServiceError("conflict", { key: "campaign.confirmation-gone" });
    }
    return { ruleId: confirmed.ruleId };
  },
  audit: ({ ruleId }, { campaignId, confirmationId }) => ({
    campaignId,
    confirmationId,
    ruleId,
    change: "withdrawn",
  }),
  answer: () => {},
});
