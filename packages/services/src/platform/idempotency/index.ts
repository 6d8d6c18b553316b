export {
  type Answer,
  type OnceOnly,
  type RepeatableRequest,
  answerOnce,
  forgetAnswers,
} from "./answer-once.ts";
