export {
  Name,
  isStorable,
  toKey,
  mendJson,
  mendText,
  removeHidden,
  storableText,
  visibleText,
} from "./text.ts";
export { hasRepeatedNames } from "./repeated-names.ts";
