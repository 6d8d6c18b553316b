export { printReport } from "./print.ts";
export { openReportLink, sendReport, sendReportJob, startDueReports, stopReports } from "./send.ts";
