export * from "./capture-form.ts";
export * from "./form-address.ts";
export * from "./form-faults.ts";
export * from "./submission-faults.ts";
export * from "./submission.ts";
