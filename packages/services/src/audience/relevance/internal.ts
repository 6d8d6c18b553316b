/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { findThreshold, loadRelevanceInForce } from "./in-force.ts";
export { loadPersonFacts } from "./person-facts.ts";
export {
  findForgedProfilingCorrections,
  selectProfilingRefusers,
  withoutProfilingRefusers,
} from "./profiling.ts";
export {
  type PersonScore,
  explainScore,
  findHeldBack,
  listVisibleDrivers,
  scorePeople,
} from "./score.ts";
