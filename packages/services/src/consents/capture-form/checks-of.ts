import { CheckAnswer, CheckResult } from "@ringfence/core/consents/form-check";
import { z } from "zod";

/** An answer as it is kept: by whom, when, and the signature over it. */
const KeptAnswer = CheckAnswer.extend({
  at: z.iso.datetime(),
  by: z.looseObject({ id: z.string() }),
  key: z.string(),
  signature: z.base64url(),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** What the checks of a form found, and what officers answered; no results before the first. */
export const checksOf = ({ checks, answers }: { checks: unknown; answers: unknown }) => ({
  results: checks === null ? null : z.array(CheckResult).parse(checks),
  answers: z.array(KeptAnswer).parse(answers),
});
