import { missingOfNearest } from "../../consents/consent/index.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import { type Demand, bestGrant } from "./best-grant.ts";
import type { Judging } from "./judging-rules.ts";
import { outlivedBy } from "./outlived-by.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import type { Refusal } from "./reason.ts";

/** Why there is no good consent; `by` the rule that finds it wanting, where one does. */
export type ConsentFault = { refusal: Refusal; by?: Judging };

/** The one reason there is, or null for a consent that is good (contract 3). */
export function consentFault(facts: PreparedFacts): ConsentFault | null {
  const { standing, purpose } = facts;
  switch (standing.status) {
    case "none":
      return { refusal: elsewhere(facts) ?? missing(purpose.key) };
    case "requested":
    case "refused": {
      const { status, since } = standing;
      const message = { key: `refusal.consent-missing.${status}`, values: { since } } as const;
      return { refusal: { reason: "consent-missing", since, message } };
    }
    case "expired":
    case "withdrawn":
      return { refusal: ended(`consent-${standing.status}`, standing.since) };
    case "invalidated":
      return { refusal: invalidated(standing.since) };
    case "granted": {
      const best = bestGrant(facts, "refuse");
      if (best !== null) return insufficient(best.lacks);
      const end = outlivedBy(standing.grants[0], facts);
      const refusal = ended("consent-expired", end?.since ?? standing.since);
      return { refusal, ...(end && { by: end.judging }) };
    }
  }
}

const missing = (purpose: string): Refusal => ({
  reason: "consent-missing",
  message: { key: "refusal.consent-missing", values: { purpose } },
});

const ended = (reason: "consent-expired" | "consent-withdrawn", since: Date): Refusal => ({
  reason,
  since,
  message: { key: `refusal.${reason}`, values: { since } },
});

const invalidated = (since: Date): Refusal => ({
  reason: "consent-insufficient",
  missing: ["form"],
  since,
  message: { key: "refusal.consent-insufficient.invalid", values: { since } },
});

/** Somebody agreed to something, but not to this. */
function elsewhere({ consents, question, at }: PreparedFacts): Refusal | null {
  const missing = missingOfNearest(consents, question, at);
  if (missing === null || !isNonEmpty(missing)) return null;
  return {
    reason: "consent-insufficient",
    missing,
    message: { key: "refusal.consent-insufficient.elsewhere", values: { element: missing[0] } },
  };
}

/** What rules demand, and the best consent lacks; null where that is nothing. */
export function insufficient(lacks: readonly Demand[]): ConsentFault | null {
  if (!isNonEmpty(lacks)) return null;
  const missing = [...new Set(lacks.map(({ element }) => element))];
  const [{ element }] = lacks;
  const by = lacks.find(({ judging }) => judging !== null)?.judging;
  return {
    ...(by && { by }),
    refusal: {
      reason: "consent-insufficient",
      missing,
      message: {
        key: "refusal.consent-insufficient",
        values: { element, others: missing.length - 1 },
      },
    },
  };
}
