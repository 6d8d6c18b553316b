export {
  type AnswerPersonCode,
  type AskPersonCode,
  type AskedPersonCode,
  type OwnRecordOpened,
  answerPersonCode,
  askPersonCode,
  openOwnRecord,
  revivePersonCodes,
  sendPersonCode,
} from "./person-code.ts";
export { type OwnRecord, type OwnRefusal, readOwnRecord } from "./read-own-record.ts";
export * from "./withdraw-own-consent.ts";
