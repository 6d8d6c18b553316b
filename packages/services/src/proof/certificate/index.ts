export * from "./print-certificate.ts";
export { type CertificateKind, proofActions } from "./create-certificate.ts";
export * from "./read-certificate.ts";
