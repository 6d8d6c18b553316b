import type { Named } from "./named-schemas.ts";

type Schema = { properties?: Record<string, object> };
type Schemas = Record<string, Schema>;

/** Lets each field of a named schema say what it is. */
export function describeFields(schemas: Schemas, named: readonly Named[]): Schemas {
  const fieldsOf = new Map(named.map(({ id, fields }) => [id, fields]));
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const fields = fieldsOf.get(id);
      if (fields === undefined || schema.properties === undefined) return [id, schema];
      const properties = Object.entries(schema.properties).map(([name, property]) => [
        name,
        { description: fields[name], ...property },
      ]);
      return [id, { ...schema, properties: Object.fromEntries(properties) }];
    }),
  );
}
