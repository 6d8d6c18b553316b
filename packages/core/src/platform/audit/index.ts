export {
  AuditActor,
  AuditKind,
  AuditKindFilter,
  ExportList,
  ExportReason,
  type ExportedList,
  ListAudit,
  exportedLists,
  classifyEntry,
  handOutActions,
} from "./audit.ts";
