/**
 * The name of an uploaded file, which people choose. Encoded, for headers hold Latin letters alone;
 * read as a query is, which no odd text breaks.
 */
export const fileNameIn = (headers: Headers) =>
  new URLSearchParams(`name=${headers.get("x-file-name") ?? ""}`).get("name")?.slice(0, 255) ||
  "list.csv";
