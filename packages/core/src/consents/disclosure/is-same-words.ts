import { comparableText } from "../form-check/index.ts";

/** Whether two texts are the same words: browsers break and indent lines as they like. */
export const isSameWords = (shown: string, published: string) =>
  comparableText(shown) === comparableText(published);
