export { answerFormCheck, checkCaptureForm, endFormCheck, requestFormCheck } from "./check-page.ts";
export {
  type PublishedOrNot,
  closeCaptureForm,
  draftCaptureForm,
  publishCaptureForm,
} from "./draft-and-publish.ts";
export { type IssuedToken, forgetTokens, isFormOrigin, issueFormToken } from "./token.ts";
export { formContext } from "./capture-form.ts";
export {
  type CaptureFormListed,
  type CaptureFormSeen,
  listCaptureForms,
  readCaptureForm,
} from "./list.ts";
export {
  type OpenedForm,
  type PrintedForm,
  type ShownForm,
  openHostedForm,
  showForm,
  showPrintedForm,
} from "./hosted-page.ts";
export { type Taken, takeHostedSubmission, takeSubmission } from "./submit.ts";
