import type { Phone, ReadPhone } from "@ringfence/core/people/phone";
import {
  type CheckedResponse,
  type Reason,
  type Verdict,
  isCapped,
  refuseInvalidNumber,
  screen,
  toChecked,
} from "@ringfence/core/calling/screening";
import type { ResolvedCall } from "./resolve-call.ts";
import { toScreeningFacts } from "./to-facts.ts";
import { permitExpiry } from "./permit.ts";
import type { LoadedFacts } from "./facts-row.ts";

/** Result for one call. `isCapped` is true if it allows a live call to which a cap applies (`ScreeningRecord.seen`). */
export type JudgedResult = { answer: ScreeningResult; isCapped: boolean };

/**
 * Judges one call once its facts are loaded. An allowed call has an expiry but no permit yet, because the
 * recorded screening needs none; a what-if (`call.at`) has neither.
 */
export function toScreeningResult(
  reading: ReadPhone,
  call: ResolvedCall,
  { row, settings, ledgerSize }: LoadedFacts,
): JudgedResult {
  if ("fault" in reading) {
    const answer = toUnjudgedResult(
      { row, settings, ledgerSize },
      call.at,
      reading,
      refuseInvalidNumber(reading.fault),
    );
    return { answer, isCapped: false };
  }

  const { phone } = reading;
  const facts = toScreeningFacts(phone, call, row, settings);
  const checked = toChecked(facts);
  const verdict = screen(facts);
  const isPermitted = verdict.verdict === "allow" && call.at === null;
  const answer = {
    id: row.id,
    phone,
    ...toResultFields(verdict),
    ...(isPermitted && { expiresAt: permitExpiry(row.now, call.lifeSeconds) }),
    checked: { ...checked, ledgerSize },
  };
  return { answer, isCapped: isPermitted && isCapped(facts) };
}

/** Returns the result for a call that cannot be judged: its number is invalid, or the call itself is unknown. */
export const toUnjudgedResult = (
  { row, settings, ledgerSize }: Pick<LoadedFacts, "row" | "settings" | "ledgerSize">,
  at: Date | null,
  reading: ReadPhone,
  verdict: Verdict,
): ScreeningResult => ({
  id: row.id,
  phone: "phone" in reading ? reading.phone : null,
  ...toResultFields(verdict),
  checked: {
    at: at ?? row.now,
    whatIf: at !== null,
    jurisdictions: [],
    zones: [],
    editions: [],
    rules: settings.law.hash,
    ledgerSize,
  },
});

const toResultFields = ({ verdict, refusals, warnings, callableFrom }: Verdict) => ({
  verdict,
  refusals,
  warnings,
  ...(callableFrom !== null && { callableFrom }),
});

/** The result of a screening (contract 3). The apps write its messages as sentences. */
export type ScreeningResult = {
  id: string;
  /** Null when what was sent is no number. */
  phone: Phone | null;
  verdict: "allow" | "refuse";
  refusals: readonly Reason[];
  warnings: readonly Reason[];
  callableFrom?: Date;
  permit?: string;
  expiresAt?: Date;
  checked: CheckedResponse;
};
