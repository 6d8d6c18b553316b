export { Name, isStorable, keyOfName, mendJson, mendText, storableText } from "./text.ts";
