import { expect, it } from "vitest";
import { makePassword } from "./make-password.ts";

it("makes another one each time, which can be copied by hand", () => {
  const made = Array.from({ length: 100 }, makePassword);
  expect(new Set(made).size).toBe(100);
  for (const password of made)
    expect(password).toMatch(/^([a-km-np-z2-9]{4}-){4}[a-km-np-z2-9]{4}$/);
  expect(new Set(made.join("")).size).toBe(33);
});
