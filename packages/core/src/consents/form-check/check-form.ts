import { CaptureFormId } from "../../platform/ids.ts";
import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { CheckId, Ground, Severity, type SeverityRow, checkBook } from "./check-book.ts";
import { Finding, notApplicable, pass } from "./finding.ts";
import type { FormContext, RenderedForm } from "./check-input.ts";
import {
  checkAgeAsked,
  checkNumberTyped,
  checkNumberVerified,
  checkSigned,
} from "./checks/number-and-signature.ts";
import {
  checkApartFromTerms,
  checkDataConsentApart,
  checkOnePurposeABox,
} from "./checks/one-consent-per-box.ts";
import {
  checkAutomaticCallsSaid,
  checkNoOpenList,
  checkNotAConditionSaid,
  checkProductsAndPeriod,
  checkPurposeNamed,
  checkSellerNamed,
  checkTelephoneNamed,
  checkTextAsStored,
} from "./checks/what-the-text-names.ts";
import {
  checkBesideTheBox,
  checkContrast,
  checkInSight,
  checkTargetSize,
  checkTextSize,
} from "./checks/visible-on-screen.ts";
import {
  checkEvidenceCaptured,
  checkNotReused,
  checkSpokenInFull,
} from "./checks/evidence-and-recording.ts";
import {
  checkGoesThroughEmpty,
  checkNoDarkPattern,
  checkNotPreTicked,
  checkPositiveAct,
  checkRefusalAsEasy,
} from "./checks/box-ticked-freely.ts";
import {
  checkObjectionInCall,
  checkPrivacyNotice,
  checkWithdrawalAsEasy,
  checkWithdrawalSaid,
} from "./checks/withdrawal-and-privacy.ts";
import { checkOneLanguage, checkPlainLanguage } from "./checks/readable-text.ts";
import { type JurisdictionId, type Places, listLineage } from "../../people/jurisdiction/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** Result of one check, with its severity in each jurisdiction of the form and its legal grounds. */
export const CheckResult = z.object({
  check: CheckId,
  finding: Finding,
  /** Severity by jurisdiction. A jurisdiction without an entry does not require the check. */
  severities: z.record(z.string(), Severity),
  grounds: z.array(Ground),
});
export type CheckResult = z.infer<typeof CheckResult>;

/**
 * Returns the result of every check of a form, in order. A check that no jurisdiction of the form requires is not
 * run and does not apply. The same page, context and laws give the same results. The laws, the one in force and former
 * ones that still apply, say which places lie in which; a check that any of them requires is run.
 */
export const checkForm = (
  form: RenderedForm,
  context: FormContext,
  law: Places,
  ...keptLaws: readonly Places[]
): CheckResult[] =>
  CheckId.options.map((check) => runCheck(check, form, { ...context, laws: [law, ...keptLaws] }));

/** The facts of a form, and the laws whose places it is judged by. */
type ContextWithLaws = FormContext & { laws: readonly Places[] };

function runCheck(check: CheckId, form: RenderedForm, context: ContextWithLaws): CheckResult {
  // A test requires an entry for each check.
  const { severities: rows = [], grounds = [] } = checkBook.entries.get(check) ?? {};
  const required = findSeverities(rows, context);
  if (hasNoSeverity(required)) {
    const key = isRequiredByPlace(rows, context) ? "form-check.na.channel" : "form-check.na.place";
    return { check, finding: notApplicable({ key }), severities: {}, grounds };
  }
  const finding = checks[check](form, context);
  const severities = findSeverities(rows, { ...context, ...findFaultyParts(finding) });
  // Only other places require the faulty part; everything required here is present.
  if (hasNoSeverity(severities)) {
    return { check, finding: pass(...finding.evidence), severities: required, grounds };
  }
  return { check, finding, severities, grounds };
}

const hasNoSeverity = (severities: Severities) => Object.keys(severities).length === 0;

/** True if the jurisdictions require the check, though not for the channels of this form. */
const isRequiredByPlace = (
  rows: readonly SeverityRow[],
  { jurisdictions, laws }: ContextWithLaws,
) => !hasNoSeverity(findSeverities(rows, { jurisdictions, laws, channels: Channel.options }));

/** Finds the parts that are at fault or in question. Without `parts`, any part may be. */
function findFaultyParts(finding: Finding): { parts?: (string | undefined)[] } {
  if (finding.result === "fail") return { parts: finding.faults.map(({ part }) => part) };
  if (finding.result !== "cannot-tell" || finding.part === undefined) return {};
  return { parts: [finding.part] };
}

/** Judges one thing about a form. Severities by jurisdiction are decided elsewhere. */
type Check = (form: RenderedForm, context: FormContext) => Finding;

export const checks: Readonly<Record<CheckId, Check>> = {
  "not-pre-ticked": checkNotPreTicked,
  "positive-act": checkPositiveAct,
  "apart-from-terms": checkApartFromTerms,
  "data-consent-apart": checkDataConsentApart,
  "one-purpose-a-box": checkOnePurposeABox,
  "telephone-named": checkTelephoneNamed,
  "seller-named": checkSellerNamed,
  "no-open-list": checkNoOpenList,
  "purpose-named": checkPurposeNamed,
  "products-and-period": checkProductsAndPeriod,
  "not-a-condition-said": checkNotAConditionSaid,
  "goes-through-empty": checkGoesThroughEmpty,
  "automatic-calls-said": checkAutomaticCallsSaid,
  "number-typed": checkNumberTyped,
  signed: checkSigned,
  "withdrawal-said": checkWithdrawalSaid,
  "withdrawal-as-easy": checkWithdrawalAsEasy,
  "refusal-as-easy": checkRefusalAsEasy,
  "no-dark-pattern": checkNoDarkPattern,
  "plain-language": checkPlainLanguage,
  "beside-the-box": checkBesideTheBox,
  contrast: checkContrast,
  "text-size": checkTextSize,
  "target-size": checkTargetSize,
  "in-sight": checkInSight,
  "one-language": checkOneLanguage,
  "privacy-notice": checkPrivacyNotice,
  "text-as-stored": checkTextAsStored,
  "evidence-captured": checkEvidenceCaptured,
  "number-verified": checkNumberVerified,
  "not-reused": checkNotReused,
  "age-asked": checkAgeAsked,
  "spoken-in-full": checkSpokenInFull,
  "objection-in-call": checkObjectionInCall,
};

/** Severity of a failed check by jurisdiction. A jurisdiction that does not require it is left out. */
type Severities = Record<JurisdictionId, Severity>;

type SeverityQuery = {
  laws: readonly Places[];
  jurisdictions: readonly JurisdictionId[];
  channels: readonly Channel[];
  /** Parts that are at fault; left out, any may be. */
  parts?: readonly (string | undefined)[];
};

function findSeverities(
  rows: readonly SeverityRow[],
  { laws, jurisdictions, channels, parts }: SeverityQuery,
): Severities {
  const matching = rows.filter(
    (row) =>
      (row.channels ?? channels).some((channel) => channels.includes(channel)) &&
      (parts === undefined || row.part === undefined || parts.includes(row.part)),
  );
  return Object.fromEntries(
    jurisdictions.flatMap((id) => {
      const places = listPlaces(laws, id);
      const found = matching.filter((row) => row.places.some((place) => places.has(place)));
      if (found.length === 0) return [];
      return [[id, found.some(({ severity }) => severity === "block") ? "block" : "warn"]];
    }),
  );
}

/** Lists a jurisdiction and those it lies in by any of the laws. A state unknown to a law lies in its country. */
const listPlaces = (laws: readonly Places[], id: JurisdictionId) =>
  new Set([
    "*",
    ...laws.flatMap((law) => [...listLineage(law, id), ...listLineage(law, id.slice(0, 2))]),
  ]);

/** An officer's answer where a check could not tell. */
export const CheckAnswer = z.strictObject({
  check: CheckId,
  /** True if the form meets the check. */
  holds: z.boolean(),
  note: storableText(1_000).refine((note) => note !== ""),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/** An officer's answer to a check of a form. */
export const AnswerFormCheck = CheckAnswer.extend({ formId: CaptureFormId });
export type AnswerFormCheck = z.infer<typeof AnswerFormCheck>;

/** Checks that keep a form for people of one jurisdiction from being published, and those that only warn. */
export type PlaceSummary = {
  jurisdiction: JurisdictionId;
  mayPublish: boolean;
  /** Checks that failed, by themselves or by an officer's answer. */
  blockedBy: readonly CheckId[];
  /** Unanswered questions whose failure would block. */
  openQuestions: readonly CheckId[];
  warnings: readonly CheckId[];
};

/** Check results and answers of a form, as pages show them. */
export type FormReport = {
  results: readonly CheckResult[];
  jurisdictions: readonly JurisdictionId[];
  answers: readonly CheckAnswer[];
};

export type ChecksSummary = {
  places: readonly PlaceSummary[];
  /** All unanswered questions, even those that would only warn. */
  questions: readonly CheckId[];
};

/**
 * Summarizes for which jurisdictions a form may be published. An answer counts only where the check could
 * not tell; of several, the last one. The caller publishes a form for all its jurisdictions or not at all
 * (`findCheckFaults`).
 */
export function summarizeChecks({ results, jurisdictions, answers }: FormReport): ChecksSummary {
  const settled = results.map((result) => ({ ...result, outcome: settleOutcome(result, answers) }));
  const where = (id: JurisdictionId, outcome: SettledOutcome, severity: Severity) =>
    settled
      .filter((it) => it.outcome === outcome && it.severities[id] === severity)
      .map(({ check }) => check);
  return {
    places: jurisdictions.map((jurisdiction) => {
      const blockedBy = where(jurisdiction, "fails", "block");
      const openQuestions = where(jurisdiction, "open", "block");
      return {
        jurisdiction,
        mayPublish: blockedBy.length + openQuestions.length === 0,
        blockedBy,
        openQuestions,
        warnings: where(jurisdiction, "fails", "warn"),
      };
    }),
    questions: settled.filter(({ outcome }) => outcome === "open").map(({ check }) => check),
  };
}

/** Outcome of a check, with the officer's answer to it if there is one. `open`: an officer has still to answer. */
type SettledOutcome = "holds" | "fails" | "open";

function settleOutcome(
  { check, finding }: CheckResult,
  answers: readonly CheckAnswer[],
): SettledOutcome {
  switch (finding.result) {
    case "pass":
    case "not-applicable":
      return "holds";
    case "fail":
      return "fails";
    case "cannot-tell": {
      const answer = answers.findLast((it) => it.check === check);
      if (answer === undefined) return "open";
      return answer.holds ? "holds" : "fails";
    }
  }
}
