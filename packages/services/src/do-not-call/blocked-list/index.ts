export * from "./claim-due-blocked-lists.ts";
export * from "./open-blocked-list.ts";
export * from "./read-blocked-list.ts";
export * from "./set-blocked-list.ts";
export * from "./write-blocked-list.ts";
