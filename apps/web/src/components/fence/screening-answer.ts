import type { ScreeningResponse as WholeAnswer } from "@ringfence/core/calling/screening";

/**
 * The part of a screening's answer (contract 3) that the fence reads. `checked` is missing if nothing
 * could be checked, as in the answer `cannot-check`.
 */
export type ScreeningAnswer = Pick<WholeAnswer, "verdict" | "refusals" | "warnings"> &
  Partial<Pick<WholeAnswer, "checked">>;

export type Edition = WholeAnswer["checked"]["editions"][number];
