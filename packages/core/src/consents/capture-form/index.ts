export {
  CaptureFormKind,
  CaptureFormSettings,
  ConfirmationSettings,
  DraftCaptureForm,
  type FormAddress,
  IssueFormToken,
  Origin,
  isOnPage,
  parseFormAddress,
  formatFormAddress,
} from "./capture-form.ts";
export {
  OpenOwnForm,
  OwnFormFields,
  ReadOwnForm,
  type TickedText,
  listChoices,
  readAgreement,
} from "./own-agreement.ts";
export {
  Delivery,
  PublishCaptureForm,
  findCheckFaults,
  findDeliveryFaults,
  findFormFaults,
} from "./publication-faults.ts";
export {
  DisclosureOnPage,
  FormPlacement,
  FormTokenResponse,
  HostedFields,
  HostedPage,
  PageSnapshot,
  Submission,
  SubmissionResponse,
  type SubmissionExpectations,
  findSubmissionFaults,
} from "./submission.ts";
