import { type Driver, mainDrivers } from "@ringfence/core/relevance";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { type RelevanceInForce, relevanceInForce } from "./relevance-in-force.ts";

export type RelevanceView = Omit<RelevanceInForce, "model"> & {
  /** What moves chances most; none of the documented weights, which stand in docs/relevance.md. */
  drivers: Driver[];
};

/** By what people are scored, how good that is, what moves it most, and what a threshold would hold back. */
export async function readRelevance(ctx: ServiceContext): Promise<RelevanceView> {
  allow(ctx, "relevance.read");

  const { model, ...found } = await inTransaction(ctx, relevanceInForce);
  return { ...found, drivers: mainDrivers(model) };
}
