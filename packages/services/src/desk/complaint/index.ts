export { complain, fileComplaint } from "./file-complaint.ts";
export { type ComplaintShown, listComplaints, settleComplaint } from "./complaint-queue.ts";
