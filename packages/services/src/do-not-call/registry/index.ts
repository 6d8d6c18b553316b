export { type EditionOutcome, applyEdition, confirmEdition } from "./apply-edition.ts";
export {
  type AskStart,
  type RegistryAsk,
  startAsk,
  loadRegistryAnswers,
  recordBalance,
  recordAnswers,
} from "./ask-registry.ts";
export {
  type FetchedContent,
  startFetch,
  saveFetchedFile,
  loadFetchFacts,
  updateFetch,
} from "./daily-fetch.ts";
export { type EndSync, cancelSync, endSync, loadSyncState, startSync } from "./sync.ts";
export {
  type DisconnectedRegistry,
  type DisconnectionView,
  disconnectRegistry,
  listDisconnectedRegistries,
  reconnectRegistry,
  reviewDisconnection,
  viewDisconnection,
} from "./disconnect.ts";
export {
  type ChangedNumber,
  type EditionView,
  viewEditionChanges,
  listEditions,
} from "./edition-history.ts";
export {
  type RegistryQuestionView,
  attestRegistryAnswer,
  createRegistryQuestion,
  exportRegistryQuestion,
  listRegistryQuestions,
  reviewRegistryAnswer,
} from "./attested-answer.ts";
export { changeRegistry, connectRegistry, openSource } from "./connect.ts";
export { startDueCounts, countContacts, countContactsJob } from "./count-contacts.ts";
export { startDueReadings, setReadingSchedule } from "./reading-schedule.ts";
export * from "./contact-coverage.ts";
export {
  type RegistryOverview,
  type TrendPoint,
  listRegistries,
  listRegistryTrends,
  viewRegistry,
} from "./list.ts";
export type { PublishedEdition } from "./save-edition.ts";
export {
  type RegistryCoverage,
  listRegistryCoverage,
  silenceWarning,
  restoreWarning,
} from "./required-registries.ts";
export { rollBackRegistry } from "./roll-back.ts";
export { reviewEdition } from "./review-held-edition.ts";
export * from "./upload-edition.ts";
export { findPastListings } from "./past-listing.ts";
export { sendRegistryAlert, sendRegistryAlertJob, updateRegistryAlerts } from "./alerts.ts";
