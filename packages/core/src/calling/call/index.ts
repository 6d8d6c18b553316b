export { CallLog, RecordCalls, asteriskColumns } from "./call-log.ts";
export {
  CallRow,
  type CallWorld,
  type ReadCallRow,
  ownOutcomes,
  readCallRow,
  readLogRow,
} from "./call-row.ts";
export {
  type CallEnd,
  type Ending,
  contactCodes,
  toCallEnd,
  findEnding,
  knownCodes,
  ownWords,
} from "./call-ending.ts";
export { ListCalls } from "./list-calls.ts";
export { readDisposition } from "./disposition.ts";
export * from "./soft-refusal.ts";
