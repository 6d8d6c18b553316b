export * from "./blocked-file.ts";
export * from "./dialer.ts";
export * from "./endpoint.ts";
export * from "./retry-delay.ts";
export * from "./vicidial.ts";
