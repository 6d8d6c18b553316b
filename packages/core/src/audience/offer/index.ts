export * from "./best-offer.ts";
export {
  type MergeField,
  type MergeValues,
  ScriptLanguage,
  Scripts,
  ownFields,
  piecesOf,
  scriptFor,
  tellScript,
} from "./script.ts";
export * from "./offer.ts";
export { namesRightToRefuse, scriptFault } from "./check-script.ts";
