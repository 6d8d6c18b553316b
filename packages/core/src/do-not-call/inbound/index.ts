export * from "./inbound.ts";
export * from "./read-reply.ts";
export * from "./twilio-signature.ts";
export * from "./mailgun-signature.ts";
export * from "./read-mail.ts";
