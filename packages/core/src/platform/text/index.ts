export { Name, isStorable, toKey, mendJson, mendText, storableText } from "./text.ts";
