import { allow } from "../../platform/access/allow.ts";
import { blockedLines } from "../blocked-list/blocked-lines.ts";
import type { RootContext } from "../../platform/context.ts";

/**
 * The lines of a file of all numbers that are blocked, page after page, as they are now. A consent may lift
 * a listing: whom to call all the same, a screening says.
 */
export async function* writeBlocked(ctx: RootContext): AsyncGenerator<string> {
  allow(ctx, "delivery.send");

  yield* blockedLines(ctx);
}
