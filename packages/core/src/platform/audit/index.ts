export {
  AuditKind,
  type ExportList,
  ExportReason,
  type ExportedList,
  ListAudit,
  exportedLists,
  kindOfEntry,
} from "./audit.ts";
