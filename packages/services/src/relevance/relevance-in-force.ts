import { documentedModel, Evaluation, InForce, Model, TradeOff } from "@ringfence/core/relevance";
import type { TransactionContext } from "../context.ts";

/** The latest that was learned, and the latest threshold. `evaluation` is that of the model, in force or not. */
export type RelevanceInForce = {
  /** Null before the first training. */
  trainedAt: Date | null;
  outcomes: number;
  standing: InForce;
  /** By which people are scored: the organization's own, or the documented one. */
  model: Model;
  evaluation: Evaluation | null;
  tradeOffs: TradeOff[];
  threshold: number | null;
};

export async function relevanceInForce({
  db,
  organizationId,
}: TransactionContext): Promise<RelevanceInForce> {
  const latest = { where: { organizationId }, take: 1 };
  const [trained] = await db.relevanceModel.findMany({
    ...latest,
    orderBy: [{ trainedAt: "desc" }, { id: "desc" }],
  });
  const [set] = await db.relevanceThreshold.findMany({
    ...latest,
    orderBy: [{ setAt: "desc" }, { id: "desc" }],
  });
  const standing = InForce.parse(trained?.standing ?? "few-outcomes");
  return {
    trainedAt: trained?.trainedAt ?? null,
    outcomes: trained?.outcomes ?? 0,
    standing,
    model: standing === "model" ? Model.parse(trained?.model) : documentedModel,
    evaluation: Evaluation.nullable().parse(trained?.evaluation ?? null),
    tradeOffs: TradeOff.array().parse(trained?.tradeOffs ?? []),
    threshold: set?.threshold ?? null,
  };
}
