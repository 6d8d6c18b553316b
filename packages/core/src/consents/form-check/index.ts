export {
  CheckId,
  Ground,
  Severity,
  type SeverityRow,
  checkBook,
  checkNumber,
  checkTitle,
  sourceOf,
} from "./check-book.ts";
export {
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
  comparableText,
  sentenceOn,
  speaksOf,
  textHash,
  wordIndex,
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
export { type FormParts, partsOf, privacyLinkOf, textOf, withdrawalLinkOf } from "./form-parts.ts";
