export * from "./find-chromium.ts";
export { type Chromium, type RenderRequest, type RenderResult, renderForm } from "./render-form.ts";
