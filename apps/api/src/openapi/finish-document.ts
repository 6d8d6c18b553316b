import { describeFields } from "./describe-fields.ts";
import { namedSchemas } from "./named-schemas.ts";
import { type Document, tidySchemas } from "./tidy-schemas.ts";

type Content = Record<string, { schema?: object }>;

/** What routes and schemas say, as readers and generators of clients expect it. */
export function finishDocument<D extends Document>(document: D): D {
  const tidy = tidySchemas(document);
  const { schemas = {} } = tidy.components ?? {};
  const components = { ...tidy.components, schemas: describeFields(schemas, namedSchemas) };
  return JSON.parse(JSON.stringify({ ...tidy, components }), finishPart);
}

function finishPart(key: string, value: unknown): unknown {
  if (key === "description" && value === "Default Response") return "As asked.";
  if (key === "requestBody" && hasContent(value)) {
    return { ...value, content: linesAsText(value.content) };
  }
  return value;
}

const hasContent = (value: unknown): value is { content: Content } =>
  typeof value === "object" && value !== null && "content" in value;

/** A body that is no JSON has no schema of JSON. */
const linesAsText = (content: Content): Content =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type,
      type === "application/json" ? media : { schema: { type: "string" } },
    ]),
  );
