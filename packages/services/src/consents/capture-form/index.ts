export { answerFormCheck, checkCaptureForm, endFormCheck, requestFormCheck } from "./check-page.ts";
export {
  type PublishCaptureFormResult,
  closeCaptureForm,
  draftCaptureForm,
  publishCaptureForm,
} from "./draft-and-publish.ts";
export { type IssuedToken, deleteExpiredTokens, isFormOrigin, issueFormToken } from "./token.ts";
export { createFormContext } from "./capture-form.ts";
export {
  type CaptureFormListItem,
  type CaptureFormView,
  listCaptureForms,
  listCaptureFormsWithConsents,
  readCaptureForm,
} from "./list.ts";
export {
  type OpenedForm,
  type PrintedForm,
  type ShownForm,
  openHostedForm,
  readHostedForm,
  readPrintedForm,
} from "./hosted-page.ts";
export {
  type OwnAgreement,
  type OwnForm,
  agreeToForm,
  openOwnForm,
  readOwnForm,
} from "./own-agreement.ts";
export { type SubmissionResult, submitHostedForm, submitEmbeddedForm } from "./submit.ts";
