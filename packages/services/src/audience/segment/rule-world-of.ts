import type { SegmentId } from "@ringfence/core/ids";
import { type Rule, type RuleWorld, ruleFaults } from "@ringfence/core/audience/segment";
import { activityTypesOf } from "../../people/activity/activity-types.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { contactFieldsOf } from "./contact-fields-of.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";

/** What rules of an organization can ask about. */
export const ruleWorldOf = async (ctx: TransactionContext, ownId: SegmentId | null) => ({
  fields: await contactFieldsOf(ctx),
  types: await activityTypesOf(ctx),
  segments: await knownSegmentsOf(ctx),
  ownId,
  sellers: await sellersOf(ctx),
  purposes: await purposesOf(ctx),
});

/** Refuses a rule that asks for what is not there, with the first of what is wrong. */
export function requireSound(rule: Rule, world: RuleWorld) {
  const [fault] = ruleFaults(rule, world);
  if (fault) throw new ServiceError("invalid", fault.message, `/rule${fault.path}`);
}
