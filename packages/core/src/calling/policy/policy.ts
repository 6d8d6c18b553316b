import { z } from "zod";
import { SellerId } from "../../platform/ids.ts";
import { PermanentReason, canonicalJson } from "../../people/jurisdiction/index.ts";
import { PolicyRules } from "./policy-rule.ts";

/** SHA-256 of a policy, in hex. */
export const PolicyHash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Starts a draft with the rules that were published last, even if they are not in force yet, or none, for one seller or
 * for the whole organization (null).
 */
export const StartPolicyDraft = z.strictObject({ sellerId: SellerId.nullable() });
export type StartPolicyDraft = z.infer<typeof StartPolicyDraft>;

/** Replaces all rules of a draft. `before` is the hash of the rules that the author saw. */
export const SavePolicyDraft = z.strictObject({
  draftId: z.uuid(),
  before: PolicyHash,
  rules: PolicyRules,
});
export type SavePolicyDraft = z.infer<typeof SavePolicyDraft>;

/** Discards a draft. */
export const DiscardPolicyDraft = z.strictObject({ draftId: z.uuid() });
export type DiscardPolicyDraft = z.infer<typeof DiscardPolicyDraft>;

/**
 * Publishes a draft. `hash` names the rules that the officer has read: a draft that was changed since then is refused.
 * `inForceFrom` null is now.
 */
export const PublishPolicy = z.strictObject({
  draftId: z.uuid(),
  hash: PolicyHash,
  inForceFrom: z.coerce.date().nullable(),
  reason: PermanentReason,
});
export type PublishPolicy = z.infer<typeof PublishPolicy>;

/** Most days ahead for which a policy may be published. A later day is more likely a mistyped year. */
export const MAX_DAYS_AHEAD = 366;

export const ReadPolicyDraft = z.strictObject({ draftId: z.uuid() });
export type ReadPolicyDraft = z.infer<typeof ReadPolicyDraft>;

/** Differences between two versions of a policy. `changed` are rules of the same id that say something else. */
export type PolicyChanges = {
  added: readonly PolicyRules[number][];
  removed: readonly PolicyRules[number][];
  changed: readonly { before: PolicyRules[number]; after: PolicyRules[number] }[];
};

/** Compares two versions of a policy, rule by rule. */
export function comparePolicies(before: PolicyRules, after: PolicyRules): PolicyChanges {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const fresh = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !fresh.has(id)),
    changed: after.flatMap((rule) => {
      const was = old.get(rule.id);
      const isSame = was === undefined || canonicalJson(was) === canonicalJson(rule);
      return isSame ? [] : [{ before: was, after: rule }];
    }),
  };
}
