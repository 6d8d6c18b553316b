export {
  CheckId,
  Ground,
  Severity,
  type SeverityRow,
  checkBook,
  findCheckNumber,
  toCheckTitle,
} from "./check-book.ts";
export {
  AnswerFormCheck,
  CheckAnswer,
  CheckResult,
  type ChecksSummary,
  type FormReport,
  type PlaceSummary,
  checkForm,
  summarizeChecks,
} from "./check-form.ts";
export {
  type Topic,
  normalizeText,
  findSentence,
  mentions,
  hashText,
  findTopicIndex,
} from "./wording.ts";
export * from "./finding.ts";
export {
  CapturedEvidence,
  Control,
  ControlKind,
  FormContext,
  type FormContextInput,
  type LayoutName,
  Link,
  type LinkedPage,
  Look,
  type Looks,
  type Outcome,
  Passage,
  RenderedForm,
  type ScriptLine,
  layoutNames,
} from "./check-input.ts";
export {
  type FormParts,
  findFormParts,
  findPrivacyLink,
  toControlText,
  findWithdrawalLink,
} from "./form-parts.ts";
