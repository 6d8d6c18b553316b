import { command } from "../../platform/verb.ts";
import { type InForce, learn } from "@ringfence/core/audience/relevance";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction } from "../../platform/context.ts";
import { knownResults } from "./known-results.ts";

/** Learns from the calls of an organization, and keeps what they taught as a version of its own. */
export const trainRelevance = command({
  name: "trainRelevance",
  action: "relevance.train",
  transaction: "by run",
  run: async (ctx): Promise<{ outcomes: number; standing: InForce }> => {
    const learned = learn(await knownResults(ctx));
    const { outcomes, standing, model, evaluation, tradeOffs } = learned;
    await inTransaction(ctx, async (ctx) => {
      const { db, organizationId, now } = ctx;
      await db.relevanceModel.create({
        data: {
          organizationId,
          trainedAt: now,
          outcomes,
          standing,
          ...(model && { model }),
          ...(evaluation && { evaluation }),
          tradeOffs,
        },
      });
      await appendAudit(ctx, "relevance.train", { outcomes, standing });
    });
    return { outcomes, standing };
  },
  audit: "by run",
});
