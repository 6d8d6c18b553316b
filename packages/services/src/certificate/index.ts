export * from "./print-certificate.ts";
export * from "./read-certificate.ts";
