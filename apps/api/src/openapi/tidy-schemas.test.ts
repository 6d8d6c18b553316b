import { expect, it } from "vitest";
import { tidySchemas } from "./openapi.ts";

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

it("keeps used schemas under their plain names", () => {
  const document = {
    paths: {
      asked: to("CallInput"),
      answered: to("Answer"),
      both: [to("Scope"), to("ScopeInput")],
    },
    components: {
      securitySchemes: {},
      schemas: {
        Call: {},
        CallInput: { properties: { phone: to("PhoneInput") } },
        Answer: {},
        AnswerInput: {},
        PhoneInput: {},
        Scope: {},
        ScopeInput: {},
      },
    },
  };

  expect(tidySchemas(document)).toEqual({
    paths: { asked: to("Call"), answered: to("Answer"), both: [to("Scope"), to("ScopeInput")] },
    components: {
      securitySchemes: {},
      schemas: {
        Answer: {},
        Call: { properties: { phone: to("Phone") } },
        Phone: {},
        Scope: {},
        ScopeInput: {},
      },
    },
  });
});
