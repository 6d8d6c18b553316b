import { type Driver, mainDrivers } from "@ringfence/core/relevance";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { type RelevanceInForce, relevanceInForce } from "./relevance-in-force.ts";

/** By what people are scored, how good that is, what moves it most, and what a threshold would hold back. */
export async function readRelevance(
  ctx: ServiceContext,
): Promise<Omit<RelevanceInForce, "model"> & { drivers: Driver[] }> {
  allow(ctx, "relevance.read");

  const { model, ...found } = await inTransaction(ctx, relevanceInForce);
  return { ...found, drivers: mainDrivers(model) };
}
