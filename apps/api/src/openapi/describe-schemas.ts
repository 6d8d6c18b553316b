import type { Named } from "./named.ts";

export type Schema = { properties?: Record<string, object>; examples?: readonly unknown[] };
export type Schemas = Record<string, Schema>;

/** Adds field descriptions and example requests to the named schemas. */
export function describeSchemas(schemas: Schemas, named: readonly Named[]): Schemas {
  const byId = new Map(named.map((one) => [one.id, one]));
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { fields = {}, examples = schema.examples } = byId.get(id) ?? {};
      const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        { ...(name in fields && { description: fields[name] }), ...property },
      ]);
      return [
        id,
        {
          ...schema,
          ...(schema.properties && { properties: Object.fromEntries(properties) }),
          ...(examples && { examples }),
        },
      ];
    }),
  );
}
