export {
  CaptureFormKind,
  CaptureFormSettings,
  ConfirmationSettings,
  DraftCaptureForm,
  type FormAddress,
  Origin,
  isOnPage,
  readFormAddress,
  writeFormAddress,
} from "./capture-form.ts";
export { type Delivery, checkFaults, deliveryFaults, formFaults } from "./publication-faults.ts";
export {
  AskedOnPage,
  FormPlacement,
  FormTokenTold,
  HostedFields,
  HostedPage,
  PageSnapshot,
  Submission,
  SubmissionTold,
  type SubmissionWorld,
  submissionFaults,
} from "./submission.ts";
