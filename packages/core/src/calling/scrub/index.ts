export * from "./id-index.ts";
export * from "./number-index.ts";
export { sharedFloats, sharedInts } from "../../platform/shared-memory.ts";
export * from "./scrub.ts";
export * from "./scrub-told.ts";
