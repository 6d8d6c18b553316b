import { expect, it } from "vitest";
import { toLoggedError } from "./logged-error.ts";

const logged = (error: Error) => JSON.stringify(toLoggedError(error));

it("says what went wrong, and where", () => {
  const error = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  expect(toLoggedError(error)).toMatchObject({
    type: "Error",
    message: "connect ECONNREFUSED",
    code: "ECONNREFUSED",
  });
  expect(logged(error)).toContain("logged-error.test.ts");
});

it("keeps numbers out, wherever they stand", () => {
  const ofPostgres = Object.assign(new Error('invalid input: "+12015550100"'), {
    name: "error",
    detail: "Key (e164)=(+12015550100) already exists.",
    code: "23505",
    table: "phone",
  });
  const quoted = new SyntaxError('Unexpected token, "Ada +12015550100" is not valid JSON');
  const ours = new Error("no plan for 12015550100", { cause: ofPostgres });

  for (const error of [ofPostgres, quoted, ours]) {
    expect(logged(error)).not.toMatch(/2015550100|Ada/);
  }
  expect(toLoggedError(ours).cause).toMatchObject({ code: "23505", table: "phone" });
});

it("says nothing of what is no error but what it is", () => {
  expect(toLoggedError("Ada +12015550100")).toEqual({ type: "string", message: "", stack: "" });
});
