import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { dayBefore } from "./answer-once.ts";

/** Deletes the answers that are no longer repeated, in which numbers may stand. How many they were. */
export async function forgetAnswers(ctx: ServiceContext) {
  allow(ctx, "answer.forget");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const { count } = await db.idempotentAnswer.deleteMany({
      where: { organizationId, createdAt: { lte: dayBefore(now) } },
    });
    return count;
  });
}
