/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { readContactCoverage } from "./contact-coverage.ts";
export { loadEditionEvidence } from "./edition-evidence.ts";
export { type RegistryOverview, listRegistries } from "./list.ts";
export {
  loadBlocks,
  readChangedLines,
  registryCondition,
  toggleChangesSince,
} from "./stored-blocks.ts";
