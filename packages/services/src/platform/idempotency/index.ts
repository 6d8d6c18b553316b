export {
  type OnceOutcome,
  type RepeatableRequest,
  type SavedAnswer,
  answerOnce,
  deleteOldAnswers,
} from "./answer-once.ts";
