import { expect, it } from "vitest";
import { createBodyBudget } from "./limit-bodies.ts";

it("gives each sender a share of the room, and all of them no more than there is", () => {
  const take = createBodyBudget({ totalBytes: 100, senderBytes: 60 });
  expect(take("ada", 60)).not.toBeNull();
  expect(take("ada", 1)).toBeNull();
  expect(take("bob", 40)).not.toBeNull();
  expect(take("eve", 1)).toBeNull();
});

it("takes nothing where it refuses", () => {
  const take = createBodyBudget({ totalBytes: 100, senderBytes: 60 });
  expect(take("ada", 61)).toBeNull();
  expect(take("ada", 60)).not.toBeNull();
});

it("has the room again after one release, and releases it only once", () => {
  const take = createBodyBudget({ totalBytes: 100, senderBytes: 60 });
  const first = take("ada", 60);
  take("bob", 40);
  first?.();
  first?.();
  expect(take("ada", 60)).not.toBeNull();
  expect(take("eve", 1)).toBeNull();
});
