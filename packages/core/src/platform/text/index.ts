export { Name, isStorable, toKey, mendJson, mendText, storableText } from "./text.ts";
export { hasRepeatedNames } from "./repeated-names.ts";
