export * from "./record-export.ts";
export {
  clearSyslogQueue,
  numberQueuedEntries,
  queueAgain,
  sendQueuedEntries,
  setSyslogCollector,
} from "./syslog-queue.ts";
