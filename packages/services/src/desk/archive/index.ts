export type { Archived, ArchivedItem } from "../../platform/internal.ts";
export * from "./list-archived.ts";
