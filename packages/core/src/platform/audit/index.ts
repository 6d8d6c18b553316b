export {
  AuditKind,
  ExportList,
  ExportReason,
  type ExportedList,
  ListAudit,
  exportedLists,
  classifyEntry,
} from "./audit.ts";
