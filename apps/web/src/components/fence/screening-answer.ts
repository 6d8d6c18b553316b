import type { ScreeningResponse as WholeAnswer } from "@ringfence/core/calling/screening";

/**
 * The answer of a screening (contract 3), as far as the fence reads it. `checked` is missing where
 * nothing could be checked, as in the answer `cannot-check`.
 */
export type ScreeningAnswer = Pick<WholeAnswer, "verdict" | "refusals" | "warnings"> &
  Partial<Pick<WholeAnswer, "checked">>;

export type Edition = WholeAnswer["checked"]["editions"][number];
