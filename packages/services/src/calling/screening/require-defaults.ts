import type { ScreenBatch } from "@ringfence/core/calling/screening";
import { allowSeller } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposeOf, sellerOf } from "./asked-call.ts";
import type { Settings } from "./facts-row.ts";

const within = "/defaults";

/**
 * Refuses a whole batch whose defaults name what is not there or not the caller's, or leave out what no
 * item names either: then every item would fail by the same slip. What one item says is its own.
 */
export function requireDefaults(
  ctx: RootContext,
  { defaults: { purpose, seller }, items }: ScreenBatch,
  settings: Settings,
) {
  if (purpose !== undefined) purposeOf(purpose, settings, within);
  else if (isNamedByNone(items, "purpose")) {
    throw new ServiceError("invalid-field", { key: "purpose.missing" }, `${within}/purpose`);
  }
  if (seller !== undefined || isNamedByNone(items, "seller")) {
    allowSeller(ctx, sellerOf(seller, settings, within).id);
  }
}

const isNamedByNone = (items: readonly unknown[], name: string) =>
  items.length > 0 &&
  !items.some((item) => typeof item === "object" && item !== null && name in item);
