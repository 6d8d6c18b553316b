export * from "./inbound.ts";
export * from "./read-disposition.ts";
export * from "./read-reply.ts";
export * from "./soft-refusal.ts";
export * from "./twilio-signature.ts";
export * from "./mailgun-signature.ts";
export * from "./read-mail.ts";
