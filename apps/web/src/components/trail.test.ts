import { expect, it } from "vitest";
import { stepsOf } from "./trail";

const hrefOf = (trail: string[]) => `/list?after=${trail.join("~")}`;

it("goes from the first page to the second alone", () => {
  expect(stepsOf([], "b", hrefOf)).toEqual({ newer: null, older: "/list?after=b" });
});

it("goes back the way it came", () => {
  expect(stepsOf(["b", "c"], "d", hrefOf)).toEqual({
    newer: "/list?after=b",
    older: "/list?after=b~c~d",
  });
});

it("ends where the list ends", () => {
  expect(stepsOf(["b"], null, hrefOf)).toEqual({ newer: "/list?after=", older: null });
});
