export * from "./api-key.ts";
export * from "./request-signature.ts";
