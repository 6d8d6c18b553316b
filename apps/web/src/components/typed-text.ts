/** Returns the trimmed text of a field, with the line ends that its length limit counts; empty for a file. */
export const typedText = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : "";
};
