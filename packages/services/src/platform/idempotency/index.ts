export {
  type Answer,
  type OnceOutcome,
  type RepeatableRequest,
  answerOnce,
  deleteOldAnswers,
} from "./answer-once.ts";
