export * from "./print-certificate.ts";
export { type Provable, proofActions } from "./create-certificate.ts";
export * from "./read-certificate.ts";
