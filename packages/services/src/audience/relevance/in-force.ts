import {
  Evaluation,
  ModelStatus,
  Model,
  TradeOffs,
  documentedModel,
  noTradeOffs,
} from "@ringfence/core/audience/relevance";
import type { TransactionContext } from "../../platform/internal.ts";

/**
 * The model that predicts how likely a person accepts an offer, and the thresholds below which people are not called.
 * `evaluation` belongs to the latest trained model, whether it is used or not.
 */
export type RelevanceInForce = {
  /** Null before the first training. */
  trainedAt: Date | null;
  /** Number of calls with a known result in the latest training. */
  outcomes: number;
  standing: ModelStatus;
  /** The model that scores people: the organization's own, or the default. */
  model: Model;
  evaluation: Evaluation | null;
  tradeOffs: TradeOffs;
  /** For offers without their own threshold. Null holds nobody back. */
  threshold: number | null;
  /** Thresholds of offers that have their own. */
  thresholds: ReadonlyMap<string, number | null>;
};

/** Loads the result of the latest training, and the thresholds that were set last. Before the first, the defaults. */
export async function loadRelevanceInForce({
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
  const standing = ModelStatus.parse(trained?.standing ?? "few-outcomes");
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

/** Finds the threshold of an offer. Null holds nobody back. */
export const findThreshold = (
  { threshold, thresholds }: Pick<RelevanceInForce, "threshold" | "thresholds">,
  offerId: string,
): number | null => thresholds.get(offerId) ?? (thresholds.has(offerId) ? null : threshold);
