import type { ScreenBatch } from "@ringfence/core/calling/screening";
import { allow } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { type BatchAnswer, screenMany } from "./screen-many.ts";

/** Decides about many calls, all of one instant. Live verdicts are on record before they are heard. */
export async function screenBatch(ctx: RootContext, batch: ScreenBatch): Promise<BatchAnswer> {
  allow(ctx, "screening.run");

  return screenMany(ctx, batch);
}
