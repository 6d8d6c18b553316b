export {
  AuditActor,
  AuditKind,
  AuditKindFilter,
  ExportList,
  ExportReason,
  type ExportedList,
  ListAudit,
  ListReads,
  MAX_READ_DAYS,
  exportedLists,
  classifyEntry,
  handOutActions,
  viewActions,
} from "./audit.ts";
export { type SyslogEntry, formatSyslogMessage, frameSyslogMessages } from "./syslog.ts";
