export * from "./find-chromium.ts";
export { type Chromium, type RenderRequest, type Rendered, renderForm } from "./render-form.ts";
