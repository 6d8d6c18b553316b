export * from "./member.ts";
export * from "./reviewer-independence.ts";
