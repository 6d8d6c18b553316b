import { aMember } from "./members.ts";
import { aCallablePhone } from "./phones.ts";
import { db } from "./scenes.ts";
import type { RootContext } from "../src/platform/context.ts";
import { declareEmergency } from "../src/people/jurisdiction/emergencies.ts";
import { screenCall } from "../src/calling/screening/index.ts";

/** A rule from memory, which bans calls while an emergency is declared in New York. */
export const ruleId = "US-NY.emergency";
export const inNewYork = { jurisdiction: "US-NY" };
export const emergency = { ...inNewYork, reason: "The governor declared it today." };
export const eased = { ruleId, reason: "Counsel read the law anew." };

/**
 * Creates a person in New York who agreed, and an emergency. `acts` says whether the rule refuses or warns
 * of a call.
 */
export async function anEmergency() {
  const { ctx } = await aMember();
  const { phone } = await aCallablePhone(ctx, { region: "US-NY" });
  const { id } = await declareEmergency(ctx, emergency);
  const acts = async () => {
    const { refusals, warnings } = await screenCall(ctx, { phone, purpose: "marketing" });
    if (refusals.some(({ rule }) => rule === ruleId)) return "refuses";
    return warnings.some(({ rule }) => rule === ruleId) ? "warns" : "is silent";
  };
  return { ctx, id, acts };
}

/** Returns the details of an action's audit entries, oldest first. */
export async function listAuditDetails({ organizationId }: RootContext, action: string) {
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action },
    orderBy: { id: "asc" },
  });
  return entries.map(({ details }) => details);
}
