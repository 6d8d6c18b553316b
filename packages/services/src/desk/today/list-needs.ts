import { type TransactionContext, query, visibleSellerIds } from "../../platform/internal.ts";
import { type Action, may } from "@ringfence/core/platform/access";
import {
  type RegistryOverview,
  listRegistries,
  readContactCoverage,
} from "../../do-not-call/registry/internal.ts";
import {
  countEndingConsents,
  countOpenViolations,
  countWaiting,
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
  run: async (ctx): Promise<Need[]> => loadNeeds(ctx, await loadReadableRegistries(ctx)),
  audit: "none",
});

/** Loads the registries, or null if the actor may not read them. */
export const loadReadableRegistries = async (ctx: TransactionContext) =>
  may(ctx.actor, "registry.read") ? listRegistries(ctx) : null;

/** Loads what needs attention. Its number of statements does not depend on how many registries there are. */
export async function loadNeeds(
  ctx: TransactionContext,
  registries: readonly RegistryOverview[] | null,
): Promise<Need[]> {
  const mayAsk = (action: Action) => may(ctx.actor, action);
  const sellers = visibleSellerIds(ctx.actor);
  const failed = mayAsk("run.read") ? await loadFailedRuns(ctx) : [];
  const aging = toAgingNeeds(registries ?? [], failed);
  const missing = registries ? toMissingNeeds((await readContactCoverage(ctx)).jurisdictions) : [];
  const violations = mayAsk("violation.read") ? await countOpenViolations(ctx) : [];
  const waiting = await countWaiting(ctx);
  return [
    ...violations.filter(({ when }) => when === "now"),
    ...waiting.filter(({ when }) => when === "now"),
    ...(mayAsk("campaign.read") ? await listHeldCampaigns(ctx, sellers) : []),
    ...(mayAsk("api-key.read") ? await findCutKeys(ctx) : []),
    ...aging.filter(({ when }) => when === "now"),
    ...missing.filter(({ when }) => when === "now"),
    ...violations.filter(({ when }) => when === "today"),
    ...waiting.filter(({ when }) => when === "today"),
    ...missing.filter(({ when }) => when === "today"),
    ...toHeldEditionNeeds(registries ?? []),
    ...(await toFailureNeeds(ctx, failed, aging)),
    ...aging.filter(({ when }) => when === "week"),
    ...(mayAsk("consent.read") ? await countEndingConsents(ctx, sellers) : []),
  ];
}

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
