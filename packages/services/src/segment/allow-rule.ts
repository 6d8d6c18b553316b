import { type KnownSegments, nodesThrough, type Rule } from "@ringfence/core/segment";
import { allowSeller } from "../access/allow.ts";
import type { ServiceContext } from "../context.ts";

/**
 * Who is limited to some sellers does not learn who agreed to the calls of another: neither how many, nor
 * through a segment that a rule rests on.
 */
export function allowRule(ctx: ServiceContext, rule: Rule, segments: KnownSegments) {
  for (const node of nodesThrough(rule, segments)) {
    if (node.is === "consent") allowSeller(ctx, node.seller);
  }
}
