/** True if there is a text, or another property, of this name. */
export const hasKey = <Texts extends object>(
  texts: Texts,
  name: string,
): name is keyof Texts & string => Object.hasOwn(texts, name);
