export * from "./manifest.ts";
export { checkPack } from "./check-pack.ts";
