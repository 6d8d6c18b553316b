import { type Finding, finds } from "./finding.ts";
import { rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** What may not dial here at all, with consent or without. */
export const checkDialer = (facts: PreparedFacts): Finding[] =>
  rulesAbout(facts, "dialer_restriction").map((judging) =>
    finds(judging, {
      reason: "dialer-not-allowed",
      message: { key: "refusal.dialer-not-allowed", values: { dialer: facts.dialer } },
    }),
  );
