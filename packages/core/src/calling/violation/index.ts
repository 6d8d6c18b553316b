export * from "./abandonment.ts";
export * from "./due-at.ts";
export * from "./gate-of.ts";
export * from "./judge-call.ts";
export * from "./merge-causes.ts";
export * from "./violation.ts";
export * from "./violation-cause.ts";
export * from "./stored-cause.ts";
