import { ruleSetHash, ruleSetText } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { findRuleSetText } from "./rules-then.ts";

/** The rule set of a hash in canonical JSON, as screenings were judged by it. It belongs to no organization. */
export async function readRuleSet(ctx: ServiceContext, hash: string): Promise<string> {
  allow(ctx, "rule.read");

  if (hash === ruleSetHash) return ruleSetText();
  const text = await inTransaction(ctx, (ctx) => findRuleSetText(ctx, hash));
  if (text === null) throw new ServiceError("not-found", { key: "error.rule-set-not-kept" });
  return text;
}
