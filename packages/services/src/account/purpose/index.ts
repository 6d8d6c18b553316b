export { addPurpose, renamePurpose } from "./change-purposes.ts";
export { type KnownPurpose, listPurposes } from "./purposes.ts";
