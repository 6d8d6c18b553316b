import { RunFault } from "../jobs/run-fault.ts";

/** With these there was no connection over which a question could have gone. */
const codes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
const keys = new Set(["source.private-host", "source.credentials", "source.no-private-key"]);

/** Has a fault say of a question that was never sent that nothing is to be paid for it. */
export function withUnsentRefused(error: unknown): unknown {
  if (!(error instanceof RunFault)) return error;
  const { explanation, isTransient } = error;
  const { key, values } = explanation;
  const isUnconnected = key === "source.unreachable" && codes.has(String(values?.["code"]));
  if (!isUnconnected && !keys.has(key)) return error;
  return new RunFault(explanation, { isTransient, cause: error, outcome: { isRefused: true } });
}
