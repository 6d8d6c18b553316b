export * from "./capture-form.ts";
export * from "./check-faults.ts";
export * from "./form-address.ts";
export * from "./form-faults.ts";
export * from "./form-told.ts";
export * from "./submission-faults.ts";
export * from "./submission.ts";
