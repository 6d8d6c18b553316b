import { prepareExample } from "../src/calling/screening/rule-trial.ts";
import { type RuleExample, bundledRuleBook } from "../src/people/jurisdiction/index.ts";

/** The facts of an example's call, by the law that comes with the program. */
export const toExampleFacts = (example: RuleExample) => prepareExample(example, bundledRuleBook);
