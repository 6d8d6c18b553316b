import { wordsOf } from "./words-of.ts";

/** Whether a text holds a name, whatever its quotation marks, dots and capitals. */
export const nameIn = (name: string, text: string) => {
  const sought = wordsOf(name).join(" ");
  return sought !== "" && ` ${wordsOf(text).join(" ")} `.includes(` ${sought} `);
};
