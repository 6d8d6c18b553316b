export type { Archival, ArchivedItem } from "../../platform/internal.ts";
export * from "./list-archived.ts";
