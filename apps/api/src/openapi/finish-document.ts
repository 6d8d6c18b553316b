import { describeSchemas, type Schemas } from "./describe-schemas.ts";
import { namedSchemas } from "./named-schemas.ts";
import { type Document, tidySchemas } from "./tidy-schemas.ts";

type Body = { type?: string; $ref?: string; items?: Body; anyOf?: Body[] };
type Content = Record<string, { schema?: Body }>;

/** Completes the document as readers and client generators expect it. */
export function finishDocument<D extends Document>(document: D): D {
  const tidy = tidySchemas(document);
  const named: Schemas = JSON.parse(JSON.stringify(tidy.components?.schemas ?? {}));
  const schemas = describeSchemas(named, namedSchemas);
  const whole = { ...tidy, components: { ...tidy.components, schemas } };
  return JSON.parse(JSON.stringify(whole), (key, value: unknown) => {
    if (key === "description" && value === "Default Response") return "The request succeeded.";
    if (!hasContent(value)) return value;
    const content = key === "requestBody" ? linesAsText(value.content) : value.content;
    return { ...value, content: withExamples(content, schemas) };
  });
}

const hasContent = (value: unknown): value is { content: Content } =>
  typeof value === "object" && value !== null && "content" in value;

/** Shows a body that is not JSON as text, without a JSON schema. */
const linesAsText = (content: Content): Content =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type,
      type === "application/json" ? media : { schema: { type: "string" } },
    ]),
  );

/** Repeats the example of a named schema where it is used, because readers look there. */
const withExamples = (content: Content, schemas: Schemas): Content =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const example = findExample(media.schema ?? {}, schemas);
      return [type, example === undefined ? media : { ...media, example }];
    }),
  );

function findExample({ $ref = "", items, anyOf }: Body, schemas: Schemas): unknown {
  if (items !== undefined) {
    const item = findExample(items, schemas);
    return item && [item];
  }
  const [first] = anyOf ?? [];
  if (first !== undefined) return findExample(first, schemas);
  return schemas[$ref.replace("#/components/schemas/", "")]?.examples?.[0];
}
