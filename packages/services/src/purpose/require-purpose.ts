import { findPurpose } from "@ringfence/core/purpose";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type KnownPurpose, purposesOf } from "./purposes-of.ts";

/** The node of the organization's tree that a request names. */
export const requirePurpose = async (
  ctx: TransactionContext,
  key: string,
): Promise<KnownPurpose> => {
  const { purpose, fault } = findPurpose(await purposesOf(ctx), key);
  if (fault) throw new ServiceError("invalid-field", fault, "/purpose");
  return purpose;
};
