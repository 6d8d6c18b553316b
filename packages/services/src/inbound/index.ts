export * from "./answer-question.ts";
export * from "./believed-twilio.ts";
export * from "./connect-twilio.ts";
export * from "./list-questions.ts";
export * from "./map-disposition.ts";
export * from "./record-disposition.ts";
export * from "./record-listed.ts";
export * from "./record-reply.ts";
