import type { Db } from "@ringfence/db";
import { bundledRuleSetHash, serializeRuleSet } from "@ringfence/core/people/jurisdiction";
import { aMember } from "./members.ts";
import { Phone } from "@ringfence/core/people/phone";
import { aSeller } from "@ringfence/db/testing";
import { aCallablePhone, aPhoneAtNoon } from "./phones.ts";
import { db } from "./scenes.ts";
import type { RootContext } from "../src/platform/context.ts";
import { declareEmergency } from "../src/people/jurisdiction/emergencies.ts";
import { screenCall } from "../src/calling/screening/index.ts";

export const inNewYork = { jurisdiction: "US-NY" };
export const emergency = { ...inNewYork, reason: "The governor declared it today." };

/** A rule from memory, which refuses recorded calls to Belgium without consent. */
export const ruleId = "BE.auto";
export const inBelgium = { jurisdiction: "BE" };
export const eased = { ruleId, reason: "Counsel read the law anew." };

/** Creates a person in New York who agreed, and an emergency. `acts` says whether it bans a call. */
export async function anEmergency() {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx, { region: "US-NY" });
  const { id } = await declareEmergency(ctx, emergency);
  const acts = async () => {
    const { refusals } = await screenCall(ctx, { phone, purpose: "marketing" });
    return refusals.some(({ rule }) => rule === "US-NY.emergency") ? "refuses" : "is silent";
  };
  return { ctx, id, acts };
}

/**
 * Creates a person in Belgium who agreed to nothing, and a seller that calls without consent where the law
 * lets it. `acts` says whether the rule from memory refuses or warns of a recorded call.
 */
export async function anUnverifiedRule() {
  const { ctx } = await aMember();
  const phone = Phone.parse("+3222345678");
  await aPhoneAtNoon(ctx, { phone, region: "BE" });
  const { organizationId } = ctx;
  const id = await aSeller(db, organizationId);
  await db.prisma.seller.update({
    where: { organizationId_id: { organizationId, id } },
    data: { consentPolicy: "opt_out_with_registry" },
  });
  const acts = async () => {
    const call = { phone, purpose: "marketing", dialer: "prerecorded" } as const;
    const { refusals, warnings } = await screenCall(ctx, call);
    if (refusals.some(({ rule }) => rule === ruleId)) return "refuses";
    return warnings.some(({ rule }) => rule === ruleId) ? "warns" : "is silent";
  };
  return { ctx, acts };
}

/** Returns the details of an action's audit entries, oldest first. */
export async function listAuditDetails({ organizationId }: RootContext, action: string) {
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action },
    orderBy: { id: "asc" },
  });
  return entries.map(({ details }) => details);
}

/** Stores a rule set by its hash, as the program does when it puts a law in force; by default its own. */
export const saveRuleSet = (
  { prisma }: Pick<Db, "prisma">,
  [hash, text]: readonly [string, string] = [bundledRuleSetHash, serializeRuleSet()],
) =>
  prisma.$executeRaw`
    INSERT INTO rule_set (hash, document) VALUES (${hash}, ${text}) ON CONFLICT DO NOTHING`;
