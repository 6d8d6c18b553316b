import { takeLawOfDay } from "../../people/jurisdiction/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import type { Reason } from "./reason.ts";
import { listRefusals, runChecks } from "./screen.ts";

/**
 * Lists what refuses a call if the law of another day held at its instant. The local time and all other facts stay as
 * they are. Former law that the organization still keeps counts too, as it is on that day.
 */
export function listRefusalsByLawOfDay(
  facts: ScreeningFacts,
  day: string,
  drafts: { hasDrafts?: boolean } = {},
): readonly Reason[] {
  const { law, keptLaw } = facts;
  const view: ScreeningFacts = {
    ...facts,
    law: takeLawOfDay(law, day, drafts),
    keptLaw: keptLaw && { ...keptLaw, law: takeLawOfDay(keptLaw.law, day, drafts) },
  };
  return listRefusals(runChecks(view));
}
