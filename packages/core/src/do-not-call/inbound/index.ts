export * from "./inbound.ts";
export * from "./mail.ts";
export * from "./reply.ts";
export * from "./signature.ts";
