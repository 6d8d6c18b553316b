import {
  Evaluation,
  InForce,
  Model,
  TradeOffs,
  documentedModel,
  noTradeOffs,
} from "@ringfence/core/audience/relevance";
import type { TransactionContext } from "../../platform/context.ts";

/** The latest that was learned, and the latest threshold. `evaluation` is that of the model, in force or not. */
export type RelevanceInForce = {
  /** Null before the first training. */
  trainedAt: Date | null;
  outcomes: number;
  standing: InForce;
  /** By which people are scored: the organization's own, or the documented one. */
  model: Model;
  evaluation: Evaluation | null;
  tradeOffs: TradeOffs;
  /** Of all offers that have none of their own; null holds nobody back. */
  threshold: number | null;
  /** Those of offers that have their own. */
  thresholds: ReadonlyMap<string, number | null>;
};

export async function relevanceInForce({
  db,
  organizationId,
}: TransactionContext): Promise<RelevanceInForce> {
  const [trained] = await db.relevanceModel.findMany({
    where: { organizationId },
    take: 1,
    orderBy: [{ trainedAt: "desc" }, { id: "desc" }],
  });
  const set = await db.relevanceThreshold.findMany({
    where: { organizationId },
    distinct: ["offerId"],
    orderBy: [{ setAt: "desc" }, { id: "desc" }],
  });
  const standing = InForce.parse(trained?.standing ?? "few-outcomes");
  return {
    trainedAt: trained?.trainedAt ?? null,
    outcomes: trained?.outcomes ?? 0,
    standing,
    model: standing === "model" ? Model.parse(trained?.model) : documentedModel,
    evaluation: Evaluation.nullable().parse(trained?.evaluation ?? null),
    tradeOffs: TradeOffs.parse(trained?.tradeOffs ?? noTradeOffs),
    threshold: set.find(({ offerId }) => offerId === null)?.threshold ?? null,
    thresholds: new Map(
      set.flatMap(({ offerId, isOfAll, threshold }) =>
        offerId === null || isOfAll ? [] : [[offerId, threshold]],
      ),
    ),
  };
}

/** Below which chance calls about an offer are held back; null holds nobody back. */
export const thresholdOf = (
  { threshold, thresholds }: Pick<RelevanceInForce, "threshold" | "thresholds">,
  offerId: string,
): number | null => thresholds.get(offerId) ?? (thresholds.has(offerId) ? null : threshold);
