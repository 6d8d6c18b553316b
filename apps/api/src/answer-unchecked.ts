import { answerErrors } from "./answer-errors.ts";
import { problems } from "./openapi/document-problems.ts";
import { CannotCheck } from "./problem.ts";

/** No verdict is a refusal: to a client that reads the status, and to one that reads the verdict. */
export const cannotCheckHandler = answerErrors({
  bug: "cannot-check",
  beside: (inWords): Pick<CannotCheck, "verdict" | "refusals"> => ({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: inWords({ key: "refusal.cannot-check" }) }],
  }),
});

/** The same, as routes that screen document it. */
export const unchecked = problems(["cannot-check"], CannotCheck);
