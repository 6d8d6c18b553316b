import { enforcedTypes } from "../../people/jurisdiction/index.ts";
import { type Finding, finds } from "./reason.ts";
import type { Judging } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** Warns of rules with effect `warn` that screening cannot check, such as a registration. */
export const checkDuties = ({ rules }: PreparedFacts): Finding[] =>
  rules.filter(isDuty).map((judging) =>
    finds(judging, {
      reason: "duty",
      message: { key: "warning.duty", values: { type: judging.rule.type } },
    }),
  );

/** True for a rule that only warns and that no check judges. Abandoned calls are judged afterwards. */
const isDuty = ({ rule: { type }, effect }: Judging) =>
  effect === "warn" && !enforcedTypes.has(type) && type !== "abandoned_calls";
