export * from "./connector.ts";
export * from "./delivery.ts";
export * from "./endpoint.ts";
export * from "./refusal-file.ts";
export * from "./retry-delay.ts";
export * from "./vicidial.ts";
