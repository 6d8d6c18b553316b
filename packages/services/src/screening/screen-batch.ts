import type { ScreenBatch } from "@ringfence/core/screening";
import { allow } from "../access/allow.ts";
import type { RootContext } from "../context.ts";
import { type BatchAnswer, screenMany } from "./screen-many.ts";

/** Decides about many calls, all of one instant. Live verdicts are on record before they are heard. */
export async function screenBatch(ctx: RootContext, batch: ScreenBatch): Promise<BatchAnswer> {
  allow(ctx, "screening.run");

  return screenMany(ctx, batch);
}
