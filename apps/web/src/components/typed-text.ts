/** What was typed into a field, trimmed; a file is no text. */
export const typedText = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
};
