import { z } from "zod";

/**
 * Builds the smallest input that a schema accepts, so that a request is refused for its sender and not for its
 * input.
 */
export function sampleInput(schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return buildSample(json, json.$defs ?? {});
}

type Schema = z.core.JSONSchema.JSONSchema;
type Defs = Record<string, Schema>;

function buildSample(schema: Schema | boolean, defs: Defs): unknown {
  if (typeof schema === "boolean") return {};
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.oneOf ?? schema.anyOf ?? schema.allOf ?? [];
  if (first !== undefined) return buildSample(first, defs);
  if (schema.$ref !== undefined)
    return buildSample(defs[schema.$ref.split("/").at(-1) ?? ""] ?? {}, defs);
  if (schema.type === "object") {
    const { properties = {}, required = [] } = schema;
    return Object.fromEntries(
      required.map((key) => [key, buildSample(properties[key] ?? {}, defs)]),
    );
  }
  if (schema.type === "array") {
    const { items = {}, minItems = 0 } = schema;
    const item = Array.isArray(items) ? (items[0] ?? {}) : items;
    return Array.from({ length: minItems }, () => buildSample(item, defs));
  }
  if (schema.type === "boolean") return true;
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 0;
  return schema.type === "null" ? null : buildText(schema);
}

const ofFormat: Record<string, string> = {
  uuid: "0195a000-0000-7000-8000-000000000001",
  uri: "https://example.com/",
  date: "2026-01-05",
  "date-time": "2026-01-05T10:00:00Z",
};

const buildText = ({ format = "", minLength = 1 }: Schema) =>
  ofFormat[format] ?? "sample".padEnd(minLength, "s").slice(0, Math.max(6, minLength));
