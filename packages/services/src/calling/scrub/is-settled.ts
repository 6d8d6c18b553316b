import { endsByWaiting, type Verdict } from "@ringfence/core/calling/screening";
import { nearMs } from "./sensitive-spans.ts";

/**
 * Whether a verdict was found without a look beyond the days that `nearMs` spans: then it is that of all
 * whose facts differ only in instants that lie farther ahead. One that waiting does not mend looked at
 * no later instant at all; another at none behind the one from which the number may be called.
 */
export const isSettled = ({ verdict, refusals, callableFrom }: Verdict, at: Date): boolean =>
  verdict === "allow" ||
  !refusals.every(endsByWaiting) ||
  (callableFrom !== null && callableFrom.getTime() <= at.getTime() + nearMs);
