export * from "./erase-claims.ts";
export { eraseFromFiles } from "./files/erase-from-files.ts";
export { erasePerson } from "./erase-person.ts";
export { eraseOrphanedFiles } from "./files/orphaned-files.ts";
export { eraseFromFilesJob, reviveFileErasures } from "./files/start-file-erasure.ts";
