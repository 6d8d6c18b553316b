export * from "./find-review-conflict.ts";
export * from "./member.ts";
