import { existsSync } from "node:fs";
import path from "node:path";
import { PhoneId, ViolationId, type CampaignId } from "@ringfence/core/ids";
import { makeEvidencePack } from "@ringfence/services/desk/evidence-pack";
import { countOverview } from "@ringfence/services/desk/overview";
import { recordActivities } from "@ringfence/services/people/activity";
import {
  assignViolation,
  closeViolation,
  noteViolation,
} from "@ringfence/services/calling/violation";
import type { FileContext } from "@ringfence/services/context";
import { makeMemberRows } from "../members.ts";
import { createCaller, judgeAll, listCallHours } from "./calls.ts";
import {
  actOnCampaign,
  actTime,
  plannedCampaigns,
  preparePlans,
  refreshSegments,
  writeCampaign,
} from "./campaigns.ts";
import { type FiledComplaints, type KnownCall, listComplaintScenes } from "./cases.ts";
import { arrivalWeeks, colleagues, makeCustomers } from "./cast.ts";
import { importCustomers } from "./import-customers.ts";
import { listCustomerScenes, listOfficeScenes, loadPolicies } from "./office.ts";
import { openPastClock, removePastClock } from "./past-clock.ts";
import { DAY_MS, HOUR_MS, type Scene, type Stage, WEEKS, openStage } from "./stage.ts";

/**
 * Creates a year of the demo's bank, from a year ago until now, with the verbs that its people would have used, each at
 * its time: customers, consents, campaigns, calls, refusals, complaints and what the compliance office did about them.
 * If the year exists already, it only removes the clock of a process that was killed. `ownerUrl` is the address of the
 * database's owner, who sets the clock back.
 */
export async function loadYear(root: FileContext, ownerUrl: string): Promise<void> {
  const { db, organizationId } = root;
  await removePastClock(ownerUrl);
  if ((await db.prisma.campaign.count({ where: { organizationId } })) > 0) return;
  await addColleagues(root);
  const clock = await openPastClock(ownerUrl, db.url);
  try {
    await tell(await openStage(root, clock, new Date()));
  } finally {
    await clock.close();
  }
}

/** Adds the colleagues, with the password that all members of the demo have. */
async function addColleagues({ db, organizationId }: FileContext) {
  const rows = await makeMemberRows(
    colleagues.map(({ key, role }) => ({
      role,
      email: `${key}@demo.example`,
      password: "ringfence demo",
    })),
  );
  await db.prisma.member.createMany({
    data: rows.map((row, index) => ({
      ...row,
      name: colleagues[index]?.name ?? "",
      organizationId,
    })),
    skipDuplicates: true,
  });
}

async function tell(stage: Stage) {
  const customers = makeCustomers();
  await stage.clock.set(stage.at(0));
  await importCustomers(stage, customers, 0);
  const plans = await preparePlans(stage);
  const caller = createCaller(stage, customers);
  const filed: FiledComplaints = new Map();
  const scenes = [
    ...arrivalWeeks.map((week) => ({
      at: stage.at(week),
      tell: async () => {
        if (week > 0) await importCustomers(stage, customers, week);
        await recordPurchases(
          stage,
          customers.filter((one) => one.week <= week),
          week,
        );
        await refreshSegments(stage, plans);
      },
    })),
    ...listCampaignScenes(stage, plans),
    ...listCallHours(stage, stage.at(1), stage.end).map((hour) => ({
      at: hour.at,
      tell: () => caller.call(hour),
    })),
    ...listJudgements(stage),
    // The overview compares its figures with those of a week before.
    { at: stage.at(WEEKS - 1), tell: () => countOverview(stage.job("overview.count")) },
    ...listWildCalls(stage, caller),
    ...listCustomerScenes(stage, customers),
    ...listOfficeScenes(stage, filed),
    ...listComplaintScenes(stage, (before) => findCall(stage, before), filed),
  ];
  for (const scene of scenes.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    if (scene.at > stage.end) continue;
    await stage.clock.set(scene.at);
    await scene.tell();
  }
  // The database accepts a policy only at the time of its publication, so policies come last, at the present time.
  await stage.clock.set(new Date());
  await loadPolicies(stage);
  await judgeAll(stage);
  await refreshSegments(stage, plans);
  await makePack(stage, filed);
  await countOverview(stage.job("overview.count"));
}

function listCampaignScenes(
  stage: Stage,
  plans: Awaited<ReturnType<typeof preparePlans>>,
): Scene[] {
  const ids = new Map<string, CampaignId>();
  return plannedCampaigns.flatMap((planned) => [
    {
      at: actTime(stage, planned.written, 2),
      tell: async () => void ids.set(planned.key, await writeCampaign(stage, plans, planned)),
    },
    ...planned.acts.map((act, nth) => ({
      at: actTime(stage, act.week, 3 + nth),
      tell: async () => {
        const id = ids.get(planned.key);
        if (id !== undefined) await actOnCampaign(stage, id, act);
      },
    })),
  ]);
}

/** Every four weeks the calls are judged, and an officer closes the violations that were found before. */
const listJudgements = (stage: Stage): Scene[] =>
  Array.from({ length: WEEKS / 4 }, (_, nth) => 4 * nth + 3).map((week) => ({
    at: stage.at(week, 6.9),
    tell: async () => {
      if (week < WEEKS - 1) await closeViolations(stage);
      await judgeAll(stage);
    },
  }));

const remedies = [
  "The dialer dialed from an old list. It verifies permits again since this week.",
  "An agent called back by hand. Agents were told again to call from Ringfence only.",
  "The log of the call center had the wrong number of the line.",
];

async function closeViolations(stage: Stage) {
  const { organizationId } = stage.as("officer");
  const open = await stage.clock.db.prisma.violation.findMany({
    where: { organizationId, closedAt: null },
    orderBy: { id: "asc" },
  });
  for (const [nth, row] of open.entries()) {
    const violationId = ViolationId.parse(row.id);
    const officer = stage.as(nth % 2 === 0 ? "officer" : "priya.nair");
    await assignViolation(officer, { violationId, ownerId: stage.idOf("officer") });
    await noteViolation(officer, { violationId, text: "Asked the call center what happened." });
    const reason = nth % 3 === 2 ? "log-was-wrong" : "mended";
    const text = remedies[nth % 3] ?? "";
    await closeViolation(officer, { violationId, reason, text });
  }
}

/** Days of the year on which somebody was called without permission. */
const wildDays = [23, 61, 62, 97, 130, 131, 171, 204, 238, 281, 309, 341, 352, 358];

/** Lists calls that nobody should have made: without a screening, and every third to somebody who had refused. */
const listWildCalls = (stage: Stage, caller: ReturnType<typeof createCaller>): Scene[] =>
  wildDays.map((day, nth) => {
    const at = new Date(stage.at(0, day).getTime() + 2 * HOUR_MS);
    return {
      at,
      tell: async () => {
        const { phone } = nth % 3 === 0 ? await findRefused(stage, nth) : await findCall(stage, at);
        await caller.callWithout(at, phone);
      },
    };
  });

async function findRefused({ clock, as }: Stage, nth: number): Promise<{ phone: string }> {
  const rows = await clock.db.prisma.optOut.findMany({
    where: { organizationId: as("officer").organizationId },
    include: { phone: true },
    orderBy: { id: "asc" },
    take: 20,
  });
  return { phone: rows[nth % rows.length]?.phone.e164 ?? "" };
}

/** Finds the last call that a person answered before a day ago. */
async function findCall({ clock, as }: Stage, before: Date): Promise<KnownCall> {
  const call = await clock.db.prisma.call.findFirstOrThrow({
    where: {
      organizationId: as("officer").organizationId,
      at: { lt: new Date(before.getTime() - DAY_MS) },
      outcome: { in: ["reached", "refused"] },
      screeningId: { not: null },
    },
    include: { phone: true },
    orderBy: { at: "desc" },
  });
  return { phone: call.phone.e164 ?? "", phoneId: PhoneId.parse(call.phoneId), at: call.at };
}

const categories = ["travel", "groceries", "garden", "electronics", "restaurants"];

/** Records what some customers bought in the quarter before a week. */
async function recordPurchases(stage: Stage, customers: readonly { id: string }[], week: number) {
  const rows = customers
    .filter((_, index) => index % 3 === week % 3)
    .map(({ id }, index) => ({
      externalId: `${id}-purchase-${week}`,
      contact: id,
      type: "purchase",
      at: new Date(stage.at(week).getTime() - (1 + (index % 80)) * DAY_MS).toISOString(),
      amount: 12 + ((index * 53) % 900),
      category: categories[index % categories.length],
    }));
  await recordActivities(stage.as("officer"), { rows });
}

/** Makes the evidence pack of the complaint that an authority sent, where the verifier is built. */
async function makePack(stage: Stage, filed: FiledComplaints) {
  const packages = path.resolve(import.meta.dirname, "../../../packages");
  const verifierFolder = path.join(packages, "verify/dist");
  const complaint = filed.get("regulator");
  if (complaint === undefined || !existsSync(path.join(verifierFolder, "ringfence-verify.html")))
    return;
  await makeEvidencePack(stage.as("officer"), {
    complaint,
    regulator: "us",
    locale: "en",
    reason: "The Attorney General of Ohio asked for the records.",
    fontFolder: path.join(packages, "services/fonts"),
    verifierFolder,
  });
}
