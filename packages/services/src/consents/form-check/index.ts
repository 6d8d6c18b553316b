export * from "./find-chromium.ts";
export * from "./render-form.ts";
