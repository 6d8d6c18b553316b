export {
  type ConfirmEdition,
  type EditionOutcome,
  applyEdition,
  confirmEdition,
} from "./apply-edition.ts";
export {
  type BegunAsk,
  type RegistryAsk,
  type SettleAsk,
  beginAsk,
  readAnswers,
  recordBalance,
  settleAsk,
} from "./ask-registry.ts";
export {
  type Fetched,
  type SettleFetch,
  beginFetch,
  keepFetched,
  readFetch,
  settleFetch,
} from "./daily-fetch.ts";
export { type EndSync, cancelSync, endSync, readRegistry, requestSync } from "./sync.ts";
export {
  type DisconnectedRegistry,
  type DisconnectionView,
  disconnectRegistry,
  listDisconnected,
  reconnectRegistry,
  settleDisconnection,
  viewDisconnection,
} from "./disconnect.ts";
export {
  type ChangedNumber,
  type EditionView,
  editionDifference,
  registryEditions,
} from "./edition-history.ts";
export { changeRegistry, connectRegistry, openSource } from "./connect.ts";
export { claimDueCounts, countContacts } from "./count-contacts.ts";
export { claimDueRegistries, setReadings } from "./reading-schedule.ts";
export * from "./contact-coverage.ts";
export {
  type RegistryOverview,
  type TrendPoint,
  listRegistries,
  registryTrends,
  viewRegistry,
} from "./list.ts";
export type { PublishedEdition } from "./save-edition.ts";
export {
  type CoveredRegistry,
  registryCoverage,
  silenceUnread,
  unsilenceUnread,
} from "./required-registries.ts";
export { rollBackRegistry } from "./roll-back.ts";
export { settleEdition } from "./review-held-edition.ts";
export * from "./upload-edition.ts";
export * from "./was-listed.ts";
export * from "./send-registry-alert.ts";
export * from "./watch-registries.ts";
