import { expect, it } from "vitest";
import { say } from "../../platform/message/index.ts";
import { cannotCheck, numberInvalid } from "./verdict.ts";

it("refuses what is no number, for nothing but what is wrong with it", () => {
  const fault = { key: "error.phone-not-found" } as const;
  expect(numberInvalid(fault)).toEqual({
    verdict: "refuse",
    refusals: [{ reason: "number-invalid", message: fault }],
    warnings: [],
    callableFrom: null,
  });
});

it("refuses when the facts could not be had", () => {
  expect(cannotCheck()).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check" }],
    callableFrom: null,
  });
  const [refusal] = cannotCheck().refusals;
  expect(refusal && say("ru", refusal.message)).toMatch(/не удалось проверить/);
});
