import { isInForceAt } from "../../do-not-call/suppression/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { type Finding, refuses } from "./reason.ts";

/** A number that is kept from calls for another reason than its owner's refusal. */
export const checkSuppression = ({ suppressions, at }: ScreeningFacts): Finding[] =>
  suppressions
    .filter((suppression) => isInForceAt(suppression, at))
    .map(({ reason: why, at: since, until }) =>
      refuses({
        reason: "suppressed",
        since,
        ...(until && { until }),
        message: until
          ? { key: "refusal.suppressed.until", values: { why, until } }
          : { key: "refusal.suppressed", values: { why } },
      }),
    );
