import { type ScreeningFacts, screen } from "../src/calling/screening/index.ts";
import { clearFacts } from "./facts.ts";

/** The verdict on the clear call, with something spoilt. */
export const screened = (spoilt: Partial<ScreeningFacts>) => screen({ ...clearFacts, ...spoilt });

export const listReasons = (spoilt: Partial<ScreeningFacts>) =>
  screened(spoilt).refusals.map(({ reason }) => reason);
export const listWarnings = (spoilt: Partial<ScreeningFacts>) =>
  screened(spoilt).warnings.map(({ reason }) => reason);
