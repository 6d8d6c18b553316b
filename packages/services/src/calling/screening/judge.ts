import { ruleSetHash } from "@ringfence/core/people/jurisdiction";
import type { Phone, ReadPhone } from "@ringfence/core/people/phone";
import {
  type CheckedTold,
  type Refusal,
  type Verdict,
  checkedOf,
  isCapped,
  numberInvalid,
  screen,
} from "@ringfence/core/calling/screening";
import type { AskedCall } from "./resolve-call.ts";
import { factsOf } from "./to-facts.ts";
import { leaveEnds } from "./permit.ts";
import type { AnsweredFacts } from "./facts-row.ts";

/** Result for one call. `isCapped` is true if it allows the call and a cap counts it. */
export type JudgedCall = { answer: ScreeningAnswer; isCapped: boolean };

/**
 * What is answered about one call, once its facts are read. Leave has an end, and no permit yet: what
 * goes on record needs none.
 */
export function judge(
  reading: ReadPhone,
  call: AskedCall,
  { row, settings, ledgerSize }: AnsweredFacts,
): JudgedCall {
  if ("fault" in reading) {
    const answer = unjudged({ row, ledgerSize }, call.at, reading, numberInvalid(reading.fault));
    return { answer, isCapped: false };
  }

  const { phone } = reading;
  const facts = factsOf(phone, call, row, settings);
  const checked = checkedOf(facts);
  const verdict = screen(facts);
  const isLeave = verdict.verdict === "allow" && call.at === null;
  const answer = {
    id: row.id,
    phone,
    ...told(verdict),
    ...(isLeave && { expiresAt: leaveEnds(row.now, call.lifeSeconds) }),
    checked: { ...checked, ledgerSize },
  };
  return { answer, isCapped: isLeave && isCapped(facts) };
}

/** What is answered where there was nothing to look at: no number, or no call that we know of. */
export const unjudged = (
  { row, ledgerSize }: Pick<AnsweredFacts, "row" | "ledgerSize">,
  at: Date | null,
  reading: ReadPhone,
  verdict: Verdict,
): ScreeningAnswer => ({
  id: row.id,
  phone: "phone" in reading ? reading.phone : null,
  ...told(verdict),
  checked: {
    at: at ?? row.now,
    whatIf: at !== null,
    jurisdictions: [],
    zones: [],
    editions: [],
    rules: ruleSetHash,
    ledgerSize,
  },
});

const told = ({ verdict, refusals, warnings, callableFrom }: Verdict) => ({
  verdict,
  refusals,
  warnings,
  ...(callableFrom !== null && { callableFrom }),
});

/** The answer of a screening (contract 3), with messages where a door puts sentences. */
export type ScreeningAnswer = {
  id: string;
  /** Null when what was sent is no number. */
  phone: Phone | null;
  verdict: "allow" | "refuse";
  refusals: readonly Refusal[];
  warnings: readonly Refusal[];
  callableFrom?: Date;
  permit?: string;
  expiresAt?: Date;
  checked: CheckedTold;
};
