import type { Actor } from "@ringfence/core/platform/access";
import { type KnownSegments, nodesThrough, type Rule } from "@ringfence/core/audience/segment";
import { allowSeller } from "../../platform/access/allow.ts";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import type { ServiceContext } from "../../platform/context.ts";

/**
 * Who is limited to some sellers does not learn who agreed to the calls of another: neither how many, nor
 * through a segment that a rule rests on.
 */
export function allowRule(ctx: ServiceContext, rule: Rule, segments: KnownSegments) {
  for (const node of nodesThrough(rule, segments)) {
    if (node.is === "consent") allowSeller(ctx, node.seller);
  }
}

/** True if a rule asks only about consents to the actor's own sellers. */
export function seesRule(actor: Actor, rule: Rule, segments: KnownSegments): boolean {
  for (const node of nodesThrough(rule, segments)) {
    if (node.is === "consent" && !seesSeller(actor, node.seller)) return false;
  }
  return true;
}
