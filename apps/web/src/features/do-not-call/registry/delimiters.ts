import type { CsvMapping } from "@ringfence/core/do-not-call/registry";

export const delimiters = { comma: ",", semicolon: ";", tab: "\t", bar: "|" } as const;
export const delimiterNames = ["comma", "semicolon", "tab", "bar"] as const;

/** What a delimiter is called: of itself one would hardly see it. */
export const delimiterName = (delimiter: CsvMapping["delimiter"]) =>
  delimiterNames.find((name) => delimiters[name] === delimiter) ?? "comma";
