export {
  type FiledComplaint,
  type OnlyOptOut,
  fileComplaint,
  makeComplaint,
  receiveComplaint,
} from "./file-complaint.ts";
export { type ComplaintView, listComplaints } from "./list-complaints.ts";
export { type CallOfComplaint, linkCall, unlinkCall } from "./linked-calls.ts";
export {
  addComplaintTask,
  answerComplaint,
  assignComplaint,
  finishComplaintTask,
  moveDeadline,
  noteComplaint,
} from "./handle-complaint.ts";
export { appealComplaint, decideComplaint, withdrawComplaint } from "./decide-complaint.ts";
export { sendAnswer, sendAnswerJob } from "./send-answer.ts";
export { type ComplaintCase, type ComplaintStep, readComplaint } from "./read-complaint.ts";
