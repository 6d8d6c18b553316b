/** An OpenAPI document, as far as its named schemas go. */
export type Document = { components?: { schemas?: Record<string, object> } };

const POINTER = "#/components/schemas/";
const REFERENCE = /"#\/components\/schemas\/(\w+)"/g;

/**
 * Keeps the schemas that a document refers to, each under its plain name. The converter makes two
 * of each, `Name` for answers and `NameInput` for requests, whichever is used.
 */
export function tidySchemas<D extends Document>(document: D): D {
  const { schemas = {}, ...components } = document.components ?? {};
  const used = reach(JSON.stringify({ ...document, components }), schemas);

  const plainName = (id: string) => {
    const short = id.replace(/Input$/, "");
    return used.has(short) ? id : short;
  };
  const kept = Object.entries(schemas).filter(([id]) => used.has(id));
  const tidied = kept.map(([id, schema]) => [plainName(id), schema] as const);
  tidied.sort(([a], [b]) => a.localeCompare(b, "en"));

  const whole = { ...document, components: { ...components, schemas: Object.fromEntries(tidied) } };
  return JSON.parse(JSON.stringify(whole), (key, value) =>
    key === "$ref" && typeof value === "string" && value.startsWith(POINTER)
      ? POINTER + plainName(value.slice(POINTER.length))
      : value,
  );
}

/** Collects the names that a text refers to, and those that these refer to in turn. */
function reach(text: string, schemas: Record<string, unknown>, found = new Set<string>()) {
  for (const [, name = ""] of text.matchAll(REFERENCE)) {
    if (found.has(name)) continue;
    found.add(name);
    reach(JSON.stringify(schemas[name]), schemas, found);
  }
  return found;
}
