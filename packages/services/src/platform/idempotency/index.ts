export {
  type IdempotentOutcome,
  type RepeatableRequest,
  type SavedAnswer,
  answerOnce,
  deleteOldAnswers,
  hasAnswer,
} from "./answer-once.ts";
export type { Once } from "../share-transaction.ts";
