export * from "./print-certificate.ts";
export * from "./provable.ts";
export * from "./read-certificate.ts";
