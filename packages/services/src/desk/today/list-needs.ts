import { type TransactionContext, query, visibleSellerIds } from "../../platform/internal.ts";
import { type Action, may } from "@ringfence/core/platform/access";
import { listRegistries, readContactCoverage } from "../../do-not-call/registry/internal.ts";
import {
  countEndingConsents,
  countOpenBurstLiftings,
  countOpenBursts,
  countOpenComplaints,
  countOpenCorrections,
  countOpenQuestions,
  countOpenViolations,
  countUnreadableOptOuts,
  findCutKeys,
  listHeldCampaigns,
} from "./waiting-needs.ts";
import { type FailedRun, loadFailedRuns, loadSubjectNames } from "./failed-runs.ts";
import type { Need } from "./need.ts";
import { toAgingNeeds, toHeldEditionNeeds, toMissingNeeds } from "./registry-needs.ts";

/** Lists what needs attention and the actor may see, most urgent first. */
export const listNeeds = query({
  name: "listNeeds",
  action: "organization.read",
  run: async (ctx): Promise<Need[]> => {
    const mayAsk = (action: Action) => may(ctx.actor, action);
    const failed = mayAsk("run.read") ? await loadFailedRuns(ctx) : [];
    const registries = mayAsk("registry.read") ? await listRegistries(ctx) : [];
    const aging = toAgingNeeds(registries, failed);
    const missing = mayAsk("registry.read")
      ? toMissingNeeds((await readContactCoverage(ctx)).jurisdictions)
      : [];
    const violations = mayAsk("violation.read") ? await countOpenViolations(ctx) : [];
    return [
      ...violations.filter(({ when }) => when === "now"),
      ...(mayAsk("opt-out.read") ? await countUnreadableOptOuts(ctx) : []),
      ...(mayAsk("opt-out.read") ? await countOpenQuestions(ctx) : []),
      ...(mayAsk("opt-out.read") ? await countOpenBursts(ctx) : []),
      ...(mayAsk("campaign.read") ? await listHeldCampaigns(ctx, visibleSellerIds(ctx.actor)) : []),
      ...(mayAsk("api-key.read") ? await findCutKeys(ctx) : []),
      ...aging.filter(({ when }) => when === "now"),
      ...missing.filter(({ when }) => when === "now"),
      ...violations.filter(({ when }) => when === "today"),
      ...(mayAsk("complaint.read") ? await countOpenComplaints(ctx) : []),
      ...(mayAsk("opt-out.read") ? await countOpenCorrections(ctx) : []),
      ...(mayAsk("opt-out.read") ? await countOpenBurstLiftings(ctx) : []),
      ...missing.filter(({ when }) => when === "today"),
      ...toHeldEditionNeeds(registries),
      ...(await toFailureNeeds(ctx, failed, aging)),
      ...aging.filter(({ when }) => when === "week"),
      ...(mayAsk("consent.read")
        ? await countEndingConsents(ctx, visibleSellerIds(ctx.actor))
        : []),
    ];
  },
  audit: "none",
});

/** Turns failed runs into needs, except readings of registries that are already listed as aging. */
async function toFailureNeeds(
  ctx: TransactionContext,
  failed: readonly FailedRun[],
  aging: readonly Need[],
): Promise<Need[]> {
  const listed = new Set(aging.flatMap((need) => ("registryId" in need ? need.registryId : [])));
  const remaining = failed.filter(({ subjectId }) => ![...listed].some((id) => id === subjectId));
  if (remaining.length === 0) return [];
  const names = await loadSubjectNames(ctx, remaining);
  return remaining.map(({ id, job, subjectId, failure }) => ({
    kind: "run-failed",
    when: "today",
    runId: id,
    job,
    subjectId,
    subject: names.get(subjectId) ?? null,
    failure,
  }));
}
