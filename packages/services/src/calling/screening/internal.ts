/**
 * What other services may use. Those functions that take a `RootContext` or a `FactsSource` read by the pool, and run
 * outside of transactions. Apps import `index.ts`.
 */
export {
  type ConsentRow,
  type FactsRow,
  type LoadedFacts,
  RegistryHistory,
  type RegistrySettings,
  type Settings,
  StoredSettings,
} from "./facts-row.ts";
export type { ScreeningResult } from "./screening-result.ts";
export { type FactsSource, callWindowDays, readFacts, readCallFacts } from "./load-facts.ts";
export { type PastEdition, loadPastEditions, parseScreening } from "./past-screening.ts";
export { permitSeconds } from "./permit.ts";
export { type ResolvedCall, resolveNamedCall, resolveUsualCall } from "./resolve-call.ts";
export { loadRecentScreenings } from "./recent-screenings.ts";
export { type RepeatedScreening, loadPastFacts, screenPastCall } from "./screen-again.ts";
export { screenMany } from "./screen-batch.ts";
export { previewCall } from "./screen-call.ts";
export { toConsentEvent, toOptOut, toScreeningFacts } from "./to-facts.ts";
export { type ScreeningView, readScreening, screeningOfCall } from "./read-screening.ts";
