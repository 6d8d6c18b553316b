export * from "./device.ts";
export * from "./member.ts";
export * from "./reviewer-independence.ts";
