import { expect, it } from "vitest";
import { say } from "../../platform/message/index.ts";
import { refuseUnchecked, refuseInvalidNumber } from "./verdict.ts";

it("refuses an invalid number for that reason only", () => {
  const fault = { key: "error.phone-not-found" } as const;
  expect(refuseInvalidNumber(fault)).toEqual({
    verdict: "refuse",
    refusals: [{ reason: "number-invalid", message: fault }],
    warnings: [],
    callableFrom: null,
  });
});

it("refuses if the facts could not be loaded", () => {
  expect(refuseUnchecked()).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check" }],
    callableFrom: null,
  });
  const [refusal] = refuseUnchecked().refusals;
  expect(refusal && say("ru", refusal.message)).toMatch(/не удалось проверить/);
});
