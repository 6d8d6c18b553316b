export {
  CaptureFormKind,
  CaptureFormSettings,
  ConfirmationSettings,
  DraftCaptureForm,
  type FormAddress,
  Origin,
  isOnPage,
  parseFormAddress,
  formatFormAddress,
} from "./capture-form.ts";
export {
  type Delivery,
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
