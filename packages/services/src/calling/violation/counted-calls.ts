import type { JudgedCall } from "./judge-waiting.ts";

/** Those of a campaign that a rule about abandoned calls counts: by which, and how each ended. */
export const countedCalls = (judged: readonly JudgedCall[]) =>
  judged.flatMap(({ campaign, abandonmentRule: ruleId, end, at }) =>
    campaign === null || ruleId === null || end === "other" ? [] : [{ campaign, ruleId, end, at }],
  );
