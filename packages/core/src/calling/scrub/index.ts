export * from "./id-index.ts";
export * from "./number-index.ts";
export { sharedFloats, sharedInts } from "../../platform/shared-memory.ts";
export {
  ListScrubs,
  ScrubCounts,
  ScrubSettings,
  ScrubStarted,
  ScrubStatus,
  ScrubResponse,
} from "./scrub.ts";
