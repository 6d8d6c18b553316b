export { makeComplaint, fileComplaint } from "./file-complaint.ts";
export { type ComplaintView, listComplaints, settleComplaint } from "./complaint-queue.ts";
