/** What was typed into a field, trimmed, with line ends as they were counted there; a file is no text. */
export const typedText = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : "";
};
