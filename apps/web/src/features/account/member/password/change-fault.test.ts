import { expect, it } from "vitest";
import { findChangeFault } from "./change-fault";

const old = "correct horse battery";

it.each([
  ["", "a long new password", "wrong"],
  ["x".repeat(1_025), "a long new password", "wrong"],
  ["", "", "wrong"],
  [old, "too short", "short"],
  [old, "x".repeat(1_025), "short"],
  [old, old, "same"],
] as const)("reports the field that is at fault: %#", (password, newPassword, fault) => {
  expect(findChangeFault({ password, newPassword })).toBe(fault);
});
