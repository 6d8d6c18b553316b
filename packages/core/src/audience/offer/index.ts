export * from "./best-offer.ts";
export {
  type MergeField,
  type MergeValues,
  ScriptLanguage,
  Scripts,
  scriptFields,
  splitScript,
  chooseScript,
  fillScript,
} from "./script.ts";
export * from "./offer.ts";
export { statesRightToRefuse, findScriptFault } from "./check-script.ts";
