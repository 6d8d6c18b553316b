import {
  type LawPreviewResult,
  type PreviewRow,
  type VerdictPair,
  compareVerdictPair,
  countVerdictPairs,
  combinePhoneVerdicts,
  omitTimeReasons,
} from "@ringfence/core/audience/law-preview";
import { type OwnPolicy, replacePolicy } from "@ringfence/core/calling/policy";
import {
  type ScreeningFacts,
  listRefusalsByLawForDay,
  listRefusalsUnderPolicies,
} from "@ringfence/core/calling/screening";
import { ContactId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { RunClaim, type RunProgress } from "@ringfence/core/platform/run";
import { DAY_MS } from "@ringfence/core/platform/time";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { findToday } from "../../people/jurisdiction/internal.ts";
import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  assertClaim,
  command,
  computePhoneKey,
  functionInput,
  inTransaction,
} from "../../platform/internal.ts";
import {
  loadPastFacts,
  loadRecentScreenings,
  readFacts,
  resolveNamedCall,
  toScreeningFacts,
} from "../../calling/screening/internal.ts";
import { loadDraft, loadPoliciesInForce } from "../../calling/policy/internal.ts";
import { type RunningPlan, loadRunningPlans, sampleEvenly } from "../campaign/internal.ts";
import { loadMembers } from "../segment/internal.ts";

/*
 * Runs a preview that was requested: reads facts as screenings and what-ifs do, judges recent screenings and the people of
 * running campaigns by today's law and by the law of the day, or under the policies in force and under a draft, and
 * saves the counts and the first calls whose result differs. `limits` says how much it checks. It records no screening
 * and gives no permit. A killed worker leaves nothing behind, because everything is saved in one transaction at the
 * end.
 */

/** Maximum of what a preview checks. `rows` limits the list of screenings, and that of each campaign. */
const limits = { screenings: 5_000, campaigns: 20, peoplePerCampaign: 2_000, rows: 50 };
const TIMEOUT_MS = 30_000;
/** Number of people whose facts one statement reads. */
const BATCH = 200;

const RunLawPreview = z.object({
  previewId: z.uuid(),
  claim: RunClaim,
  onProgress: functionInput<(progress: RunProgress) => void>(),
});

/** Judges a call twice: as it is judged now, and by what is previewed. */
type Judge = (facts: ScreeningFacts) => VerdictPair;

/** Runs a preview that was requested. Its former result stays until this one is saved. */
export const runLawPreview = command({
  name: "runLawPreview",
  action: "law-preview.make",
  input: RunLawPreview,
  transaction: "by run",
  run: async (ctx, { previewId, claim, onProgress }): Promise<LawPreviewResult> => {
    const work = await inTransaction(ctx, (ctx) => loadWork(ctx, previewId), {
      timeoutMs: TIMEOUT_MS,
    });
    const { today, judge, recent, audiences, campaignsLeftOut } = work;
    const total =
      recent.calls.length + audiences.reduce((sum, { people }) => sum + people.length, 0);
    let done = 0;
    const advance = (count: number) => {
      done += count;
      onProgress({ rows: done, bytes: done, totalBytes: total });
    };
    advance(0);

    const calls = await judgeCalls(ctx, recent.calls, judge, advance);
    const rows = calls.rows.slice(0, limits.rows);
    const campaigns: LawPreviewResult["campaigns"] = [];
    for (const audience of audiences) {
      const { plan, members } = audience;
      const judged = await judgePeople(ctx, audience, judge, advance);
      campaigns.push({
        campaignId: plan.id,
        people: members,
        ...countVerdictPairs(judged.verdicts),
      });
      rows.push(...judged.rows.slice(0, limits.rows));
    }
    const result: LawPreviewResult = {
      calls: {
        found: recent.found,
        unknown: recent.unknown + calls.unknown,
        ...countVerdictPairs(calls.verdicts),
      },
      campaigns,
      campaignsLeftOut,
    };
    await inTransaction(
      ctx,
      async (ctx) => {
        await assertClaim(ctx, claim);
        await saveResult(ctx, previewId, { today, result, rows });
      },
      { timeoutMs: TIMEOUT_MS },
    );
    return result;
  },
  audit: "none",
});

type Audience = {
  plan: RunningPlan;
  /** Number of people in the segment. */
  members: number;
  /** Ordinals of the people to check. */
  people: readonly number[];
};

/** Loads the screenings and people to check. */
async function loadWork(ctx: TransactionContext, previewId: string) {
  const { db, organizationId, now } = ctx;
  const preview = await db.lawPreview.findFirst({ where: { organizationId, id: previewId } });
  if (preview === null) throw new ServiceError("not-found", { key: "law-preview.not-found" });
  const since = new Date(now.getTime() - preview.span * DAY_MS);
  const plans = await loadRunningPlans(ctx);
  const audiences: Audience[] = [];
  for (const plan of plans.slice(0, limits.campaigns)) {
    const ordinals = (await loadMembers(ctx, plan.segmentId))?.ordinals ?? [];
    const people = sampleEvenly(ordinals, limits.peoplePerCampaign);
    audiences.push({ plan, members: ordinals.length, people });
  }
  return {
    today: findToday(ctx),
    judge: await chooseJudge(ctx, preview),
    recent: await loadRecentScreenings(ctx, { since, limit: limits.screenings }),
    audiences,
    campaignsLeftOut: Math.max(0, plans.length - limits.campaigns),
  };
}

/** Chooses how a preview judges: under the draft of a policy (`formatPreviewedDraft`), or if that is empty, by its day's law. */
async function chooseJudge(
  ctx: TransactionContext,
  { day, draft }: { day: Date; draft: string },
): Promise<Judge> {
  return draft === ""
    ? judgeByLaw({ today: findToday(ctx), day: day.toISOString().slice(0, 10) })
    : judgeUnderDraft(await loadPoliciesInForce(ctx), await loadPreviewedDraft(ctx, draft));
}

const judgeByLaw =
  ({ today, day }: { today: string; day: string }): Judge =>
  (facts) => ({
    // A bill is not law yet, even if it was expected by today.
    before: listRefusalsByLawForDay(facts, today, { hasDrafts: false }),
    after: listRefusalsByLawForDay(facts, day),
  });

const judgeUnderDraft = (inForce: readonly OwnPolicy[], draft: OwnPolicy): Judge => {
  const drafted = replacePolicy(inForce, draft);
  return (facts) => ({
    before: listRefusalsUnderPolicies(facts, inForce),
    after: listRefusalsUnderPolicies(facts, drafted),
  });
};

/** Loads the draft that a preview names. Throws `conflict` if it was changed since. */
async function loadPreviewedDraft(ctx: TransactionContext, draft: string): Promise<OwnPolicy> {
  const [id = "", hash] = draft.split(".");
  const found = await loadDraft(ctx, id);
  if (found.hash !== hash) throw new ServiceError("conflict", { key: "policy.draft-changed" });
  return found;
}

type Recent = Awaited<ReturnType<typeof loadRecentScreenings>>["calls"];

/**
 * Judges the calls of screenings at their own instants, whether they were allowed and placed or not. One whose seller or
 * purpose no longer exists is counted as unknown.
 */
async function judgeCalls(
  ctx: RootContext,
  calls: Recent,
  judge: Judge,
  advance: (count: number) => void,
) {
  const verdicts: VerdictPair[] = [];
  const rows: PreviewRow[] = [];
  let unknown = 0;
  for (const call of calls) {
    const facts = await loadFactsIfKnown(ctx, call);
    advance(1);
    if (facts === null) {
      unknown++;
      continue;
    }
    const judged = judge(facts);
    verdicts.push(judged);
    const difference = compareVerdictPair(judged);
    if (difference === null) continue;
    rows.push({ screeningId: call.screeningId, campaignId: null, contactId: null, ...difference });
  }
  return { verdicts, rows, unknown };
}

async function loadFactsIfKnown(ctx: RootContext, call: Recent[number]) {
  try {
    return await loadPastFacts(ctx, call);
  } catch (error) {
    if (error instanceof ServiceError && error.code.startsWith("invalid")) return null;
    throw error;
  }
}

/** Judges the people in a campaign by the facts known now, whatever the hour. */
async function judgePeople(
  ctx: RootContext,
  { plan, people }: Audience,
  judge: Judge,
  advance: (count: number) => void,
) {
  const verdicts: VerdictPair[] = [];
  const rows: PreviewRow[] = [];
  for (let from = 0; from < people.length; from += BATCH) {
    const ordinals = people.slice(from, from + BATCH);
    const phones = await loadPhones(ctx, ordinals);
    const facts = await loadPeopleFacts(ctx, plan, phones);
    const byContact = Map.groupBy(
      facts.map((one, index) => ({ contactId: phones[index]?.contactId, facts: one })),
      ({ contactId }) => contactId,
    );
    for (const [contactId, known] of byContact) {
      const phoneVerdicts = known.map(({ facts }) => {
        const { before, after } = judge(facts);
        return { before: omitTimeReasons(before), after: omitTimeReasons(after) };
      });
      const judged = combinePhoneVerdicts(phoneVerdicts);
      verdicts.push(judged);
      const difference = compareVerdictPair(judged);
      if (difference === null || contactId === undefined) continue;
      rows.push({ screeningId: null, campaignId: plan.id, contactId, ...difference });
    }
    advance(ordinals.length);
    await nextTurn();
  }
  return { verdicts, rows };
}

type OwnedPhone = { contactId: ContactId; phone: Phone };

/** Loads the phones of people, except erased numbers. */
async function loadPhones(
  { db, organizationId }: RootContext,
  ordinals: readonly number[],
): Promise<OwnedPhone[]> {
  const { rows } = await db.pool.query(
    `SELECT contact.id AS "contactId", e164 AS phone FROM contact
     JOIN contact_phone ON contact_phone.organization_id = contact.organization_id
       AND contact_id = contact.id
     JOIN phone ON phone.organization_id = contact.organization_id AND phone.id = phone_id
     WHERE contact.organization_id = $1 AND ordinal = ANY ($2) AND e164 IS NOT NULL`,
    [organizationId, ordinals],
  );
  return z.array(z.object({ contactId: ContactId, phone: Phone })).parse(rows);
}

async function loadPeopleFacts(
  ctx: RootContext,
  { key: campaign, sellerId: seller, purpose, dialer }: RunningPlan,
  phones: readonly OwnedPhone[],
): Promise<ScreeningFacts[]> {
  const { keys, organizationId } = ctx;
  const withoutPhone = { organizationId, phone: null, phoneKey: null, at: null };
  const [common] = await readFacts(ctx, [withoutPhone]);
  if (common === undefined || phones.length === 0) return [];
  const { keyGeneration: generation, settings: current } = common;
  // An opt-out survives the erasure of its number, and is then found only by the number's key.
  const secret = current.hasErasedPhones
    ? await keys.phoneSecret(organizationId, generation)
    : null;
  const requests = phones.map(({ phone }) => ({
    ...withoutPhone,
    phone,
    phoneKey: secret && { bytes: computePhoneKey(secret, phone), generation },
    campaign,
  }));
  const loaded = await readFacts(ctx, requests, TIMEOUT_MS);
  return loaded.map(({ row, settings }, index) => {
    const call = resolveNamedCall({ seller, purpose, dialer, campaign }, settings);
    return toScreeningFacts(phones[index]?.phone ?? null, call, row, settings);
  });
}

/** Replaces the former result. */
async function saveResult(
  { db, organizationId, now: madeAt }: TransactionContext,
  previewId: string,
  { today, result, rows }: { today: string; result: LawPreviewResult; rows: readonly PreviewRow[] },
) {
  await db.lawPreviewRow.deleteMany({ where: { organizationId, previewId } });
  await db.lawPreviewRow.createMany({
    data: rows.map((row, index) => ({ organizationId, previewId, number: index + 1, ...row })),
  });
  await db.lawPreview.update({
    where: { organizationId_id: { organizationId, id: previewId } },
    data: { result, madeAt, comparedWith: new Date(today) },
  });
}
