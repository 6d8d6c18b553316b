export { type KnownPurpose, addPurpose, listPurposes, renamePurpose } from "./purposes.ts";
