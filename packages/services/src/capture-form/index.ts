export * from "./close-capture-form.ts";
export * from "./draft-capture-form.ts";
export { formContext } from "./form-context.ts";
export * from "./issue-form-token.ts";
export * from "./list-capture-forms.ts";
export * from "./publish-capture-form.ts";
export * from "./read-capture-form.ts";
export * from "./show-form.ts";
export * from "./take-submission.ts";
