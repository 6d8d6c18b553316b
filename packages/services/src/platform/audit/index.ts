export * from "./record-export.ts";
export { sendQueuedEntries, setSyslogCollector } from "./syslog-queue.ts";
