import type { Message } from "@ringfence/core/platform/message";
import type { TransactionContext } from "./context.ts";
import { ServiceError } from "./errors.ts";

/** Arguments of `updateManyAndReturn` that end the row with this id now, if it is in force. */
export const endNow = ({ organizationId, now }: TransactionContext, id: string) => ({
  where: { organizationId, id, until: null },
  data: { until: now },
});

/** Returns the row that `endNow` ended. Throws `not-found` with `fault` if none was in force. */
export function requireEnded<Row>([ended]: readonly Row[], fault: Message): Row {
  if (ended === undefined) throw new ServiceError("not-found", fault);
  return ended;
}
