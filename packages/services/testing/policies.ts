import type { PolicyRule, PolicyRuleKind, PolicyRuleOfKind } from "@ringfence/core/calling/policy";
import type { SellerId } from "@ringfence/core/ids";
import { publishPolicy, savePolicyDraft, startPolicyDraft } from "../src/calling/policy/index.ts";
import type { RootContext } from "../src/platform/context.ts";
import { aMember } from "./members.ts";

export const why = "Customers asked for fewer calls.";

/** Fields that limit a rule to nothing. */
export const everywhere = { places: null, purposes: null, dialers: null, note: "" } as const;

/** At most one call to a person in thirty days, everywhere. */
export const aPolicyRule = (more: Partial<PolicyRuleOfKind<"cap">> = {}): PolicyRule => ({
  kind: "cap",
  id: "cap-1",
  ...everywhere,
  calls: 1,
  days: 30,
  ...more,
});

/** A rule of another kind, with the number 1. */
export const aRuleOfKind = <Kind extends PolicyRuleKind>(
  kind: Kind,
  fields: Omit<PolicyRuleOfKind<Kind>, "kind" | "id" | keyof typeof everywhere> &
    Partial<PolicyRuleOfKind<Kind>>,
) => ({ kind, id: `${kind}-1`, ...everywhere, ...fields });

/** Two officers of an organization who are independent of each other, and an auditor. */
export async function twoOfficers(of?: RootContext) {
  const writer = await aMember(of && { of: { ctx: of } });
  const publisher = await aMember({ of: writer });
  return { writer: writer.ctx, publisher: publisher.ctx };
}

type Officers = Awaited<ReturnType<typeof twoOfficers>>;

/** Writes a draft. */
export async function draftPolicy(
  writer: RootContext,
  rules: readonly PolicyRule[],
  sellerId: SellerId | null = null,
) {
  const { id: draftId, hash: before } = await startPolicyDraft(writer, { sellerId });
  const { hash } = await savePolicyDraft(writer, { draftId, before, rules: [...rules] });
  return { draftId, hash };
}

/** Writes a policy, and publishes it by the other officer. */
export async function putPolicy(
  { writer, publisher }: Officers,
  rules: readonly PolicyRule[],
  {
    sellerId = null,
    inForceFrom = null,
  }: { sellerId?: SellerId | null; inForceFrom?: Date | null } = {},
) {
  const draft = await draftPolicy(writer, rules, sellerId);
  const { id } = await publishPolicy(publisher, { ...draft, inForceFrom, reason: why });
  return { ...draft, id };
}
