export {
  type RequestedPersonCode,
  type OwnRecordOpened,
  bindPersonCode,
  confirmPersonCode,
  requestPersonCode,
  openOwnRecord,
  revivePersonCodes,
  sendPersonCode,
  sendPersonCodeJob,
} from "./person-code.ts";
export { copyOwnData } from "./copy-own-data.ts";
export { type OwnRecordFile, downloadOwnRecord } from "./download-own-record.ts";
export {
  type HandedOutCode,
  type HandedOutView,
  handOutCode,
  openByHandedCode,
  printCode,
} from "./handed-out-code.ts";
export { chooseCallPreferences } from "./choose-preferences.ts";
export { declineTopics } from "./decline-topics.ts";
export type { OwnCall } from "./own-calls.ts";
export { type OwnRecord, type OwnOptOut, readOwnRecord } from "./read-own-record.ts";
export * from "./withdraw-own-consent.ts";
