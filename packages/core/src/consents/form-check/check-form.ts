import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { CheckId, Ground, Severity, type SeverityRow, checkBook } from "./check-book.ts";
import { Finding, notApplicable, passed } from "./finding.ts";
import type { FormContext, RenderedForm } from "./check-input.ts";
import { ageAsked, numberTyped, numberVerified, signed } from "./checks/number-and-signature.ts";
import { apartFromTerms, dataConsentApart, onePurposeABox } from "./checks/one-consent-per-box.ts";
import {
  automaticCallsSaid,
  noOpenList,
  notAConditionSaid,
  productsAndPeriod,
  purposeNamed,
  sellerNamed,
  telephoneNamed,
  textAsStored,
} from "./checks/what-the-text-names.ts";
import {
  besideTheBox,
  contrast,
  inSight,
  targetSize,
  textSize,
} from "./checks/visible-on-screen.ts";
import { evidenceCaptured, notReused, spokenInFull } from "./checks/evidence-and-recording.ts";
import {
  goesThroughEmpty,
  noDarkPattern,
  notPreTicked,
  positiveAct,
  refusalAsEasy,
} from "./checks/box-ticked-freely.ts";
import {
  objectionInCall,
  privacyNotice,
  withdrawalAsEasy,
  withdrawalSaid,
} from "./checks/withdrawal.ts";
import { oneLanguage, plainLanguage } from "./checks/readable-text.ts";
import { type JurisdictionId, listLineage } from "../../people/jurisdiction/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** What one check found, what that means in each place of the form, and by which law. */
export const CheckResult = z.object({
  check: CheckId,
  finding: Finding,
  /** By jurisdiction; where it is left out, the check is not asked for. */
  severities: z.record(z.string(), Severity),
  grounds: z.array(Ground),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Every check of a form, in order. The same page and the same context give the same results. */
export const checkForm = (form: RenderedForm, context: FormContext): CheckResult[] =>
  CheckId.options.map((check) => resultOf(check, form, context));

function resultOf(check: CheckId, form: RenderedForm, context: FormContext): CheckResult {
  const { severities: rows = [], grounds = [] } = checkBook.entries.get(check) ?? {};
  const asked = severitiesOf(rows, context);
  if (isFree(asked)) {
    const key = isOfPlace(rows, context) ? "form-check.na.channel" : "form-check.na.place";
    return { check, finding: notApplicable({ key }), severities: asked, grounds };
  }
  const finding = checks[check](form, context);
  const severities = severitiesOf(rows, { ...context, ...partsOf(finding) });
  // What is wrong is a part that only other places ask for; what these ask for holds.
  if (isFree(severities)) {
    return { check, finding: passed(...finding.evidence), severities: asked, grounds };
  }
  return { check, finding, severities, grounds };
}

const isFree = (severities: Severities) => Object.keys(severities).length === 0;

/** Whether only the channels of the form leave the check out. */
const isOfPlace = (rows: readonly SeverityRow[], { jurisdictions }: FormContext) =>
  !isFree(severitiesOf(rows, { jurisdictions, channels: Channel.options }));

/** The parts at fault, or in question; none where there is neither. */
function partsOf(finding: Finding): { parts?: (string | undefined)[] } {
  if (finding.result === "fail") return { parts: finding.faults.map(({ part }) => part) };
  if (finding.result !== "cannot-tell" || finding.part === undefined) return {};
  return { parts: [finding.part] };
}

/** Judges one thing about a form. What it costs in which place is not its business. */
type Check = (form: RenderedForm, context: FormContext) => Finding;

export const checks: Readonly<Record<CheckId, Check>> = {
  "not-pre-ticked": notPreTicked,
  "positive-act": positiveAct,
  "apart-from-terms": apartFromTerms,
  "data-consent-apart": dataConsentApart,
  "one-purpose-a-box": onePurposeABox,
  "telephone-named": telephoneNamed,
  "seller-named": sellerNamed,
  "no-open-list": noOpenList,
  "purpose-named": purposeNamed,
  "products-and-period": productsAndPeriod,
  "not-a-condition-said": notAConditionSaid,
  "goes-through-empty": goesThroughEmpty,
  "automatic-calls-said": automaticCallsSaid,
  "number-typed": numberTyped,
  signed,
  "withdrawal-said": withdrawalSaid,
  "withdrawal-as-easy": withdrawalAsEasy,
  "refusal-as-easy": refusalAsEasy,
  "no-dark-pattern": noDarkPattern,
  "plain-language": plainLanguage,
  "beside-the-box": besideTheBox,
  contrast,
  "text-size": textSize,
  "target-size": targetSize,
  "in-sight": inSight,
  "one-language": oneLanguage,
  "privacy-notice": privacyNotice,
  "text-as-stored": textAsStored,
  "evidence-captured": evidenceCaptured,
  "number-verified": numberVerified,
  "not-reused": notReused,
  "age-asked": ageAsked,
  "spoken-in-full": spokenInFull,
  "objection-in-call": objectionInCall,
};

/** What a failed check means in each place of a form. A place that it means nothing to is left out. */
type Severities = Record<JurisdictionId, Severity>;

type Asked = {
  jurisdictions: readonly JurisdictionId[];
  channels: readonly Channel[];
  /** The parts that are at fault; left out, any may be. */
  parts?: readonly (string | undefined)[];
};

function severitiesOf(
  rows: readonly SeverityRow[],
  { jurisdictions, channels, parts }: Asked,
): Severities {
  const matching = rows.filter(
    (row) =>
      (row.channels ?? channels).some((channel) => channels.includes(channel)) &&
      (parts === undefined || row.part === undefined || parts.includes(row.part)),
  );
  return Object.fromEntries(
    jurisdictions.flatMap((id) => {
      const places = placesOf(id);
      const found = matching.filter((row) => row.places.some((place) => places.has(place)));
      if (found.length === 0) return [];
      return [[id, found.some(({ severity }) => severity === "block") ? "block" : "warn"]];
    }),
  );
}

/** A place and those it lies in; a state that the rule book does not know lies in its country. */
const placesOf = (id: JurisdictionId) =>
  new Set(["*", ...listLineage(id), ...listLineage(id.slice(0, 2))]);

/** What an officer found where software could not tell. */
export const CheckAnswer = z.strictObject({
  check: CheckId,
  /** Whether the form is as the check asks. */
  holds: z.boolean(),
  note: storableText(1_000).refine((note) => note !== ""),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/** What of the checks stands between a form and its use in one place. */
export type PlaceSummary = {
  jurisdiction: JurisdictionId;
  mayPublish: boolean;
  /** Failed, by the check or by the answer of a person. */
  blockedBy: readonly CheckId[];
  /** Unanswered; failing them would block. */
  openQuestions: readonly CheckId[];
  warnings: readonly CheckId[];
};

/** The checks of a form, and what was answered: all that a page needs to tell of them. */
export type FormReport = {
  results: readonly CheckResult[];
  jurisdictions: readonly JurisdictionId[];
  answers: readonly CheckAnswer[];
};

export type ChecksSummary = {
  places: readonly PlaceSummary[];
  /** All that a person has yet to answer, those too that would only warn. */
  questions: readonly CheckId[];
};

/** For which places a form may be published. An answer counts only where the check could not tell. */
export function summarizeChecks({ results, jurisdictions, answers }: FormReport): ChecksSummary {
  const settled = results.map((result) => ({ ...result, outcome: settle(result, answers) }));
  const where = (id: JurisdictionId, outcome: Outcome, severity: Severity) =>
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

type Outcome = "holds" | "fails" | "open";

function settle({ check, finding }: CheckResult, answers: readonly CheckAnswer[]): Outcome {
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
